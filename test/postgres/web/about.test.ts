/** What the city says about the service and about the data it keeps. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KEPT_DAYS } from "../../../src/report/retention.ts";
import { freshWeb, type FreshWeb } from "../../support/web.ts";

let web: FreshWeb;
beforeAll(async () => {
  web = await freshWeb();
});
afterAll(() => web.store.close());

describe.each([
  ["ru", "Согласие на обработку данных", "90 дней"],
  ["en", "Consent to the processing of data", "90 days"],
])("in %s", (lang, consent, notices) => {
  test("/privacy has the city's own consent text and the days the program really keeps to", async () => {
    const { status, text } = await web.get(`/privacy?lang=${lang}`);
    expect(status).toBe(200);
    expect(text).toContain(consent);
    expect(KEPT_DAYS.settledNotices).toBe(90);
    expect(text).toContain(notices);
    expect(text).toContain("/forget");
  });

  test("/about names the emergency numbers and explains every status the public sees", async () => {
    const { status, text } = await web.get(`/about?lang=${lang}`);
    expect(status).toBe(200);
    for (const { number } of web.city.emergencyNumbers) expect(text).toContain(`href="tel:${number}"`);
    expect(text.match(/class="status /g)).toHaveLength(9);
  });

  test("every link of /about leads somewhere", async () => {
    const { text } = await web.get(`/about?lang=${lang}`);
    const links = [...text.matchAll(/href="(\/[^"#]*)"/g)].map(([, path]) => (path ?? "").replaceAll("&amp;", "&"));
    for (const path of new Set(links))
      expect({ path, status: (await web.get(path)).status }).toEqual({ path, status: 200 });
  });
});

test("who serves the map's pictures is named, since they see who asks", async () => {
  const map = { tiles: "https://{s}.tile.example.org/{z}/{x}/{y}.png", attribution: "©" };
  const tiled = await freshWeb({ city: { ...web.city, map } });
  const { text } = await tiled.get("/privacy");
  await tiled.store.close();
  expect(text).toContain("tile.example.org");
  expect((await web.get("/privacy")).text).not.toContain("tile.example.org");
});

test.each(["/about?lang=xx", "/privacy?lang=xx"])("%s is 400", async (path) => {
  expect((await web.get(path)).status).toBe(400);
});
