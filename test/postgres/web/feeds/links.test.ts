import { afterAll, beforeAll, expect, test } from "vitest";
import { aReport, aResident } from "../../../support/people.ts";
import { freshWeb, type FreshWeb } from "../../../support/web.ts";

let web: FreshWeb;
beforeAll(async () => {
  web = await freshWeb();
  await aReport(web.store.db, await aResident(web.store.db), { status: "assigned" });
});
afterAll(() => web.store.close());

test.each(["/", "/?district=kuntsevo&status=open", "/?agency=lighting&lang=en"])(
  "%s leads to its own reports as Atom, GeoJSON and CSV, for people and in the head",
  async (path) => {
    const { text } = await web.get(path);
    const { search } = new URL(path, "https://otklik.example.org");
    const asked = [...new URLSearchParams(search)].toSorted();
    for (const feed of ["atom", "geojson", "csv"]) {
      const links = [...text.matchAll(new RegExp(`<(a|link)\\s[^>]*href="(/feeds/reports\\.${feed}[^"]*)"`, "g"))];
      expect(links.map(([, tag]) => tag)).toEqual(["link", "a"]);
      for (const [, , href = ""] of links) {
        const address = href.replaceAll("&amp;", "&");
        expect([...new URL(address, "https://otklik.example.org").searchParams].toSorted()).toEqual(asked);
        const { status, text: feedText } = await web.get(address);
        expect(status).toBe(200);
        expect(feedText).toContain("/r/1");
      }
    }
  },
);
