import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aReport, aResident, hoursAfter, NOON } from "../../../support/people.ts";
import { freshWeb, type FreshWeb } from "../../../support/web.ts";

type Collection = {
  type: string;
  links: { rel: string; href: string }[];
  features: { type: string; id: number; geometry: unknown; properties: Record<string, unknown> }[];
};

let web: FreshWeb;
let shown: number[];
beforeAll(async () => {
  web = await freshWeb();
  const { db } = web.store;
  const authorId = await aResident(db);
  const at = (hours: number) => ({ createdAt: hoursAfter(NOON, hours), updatedAt: hoursAfter(NOON, hours) });
  shown = [
    (await aReport(db, authorId, { status: "assigned", dueAt: hoursAfter(NOON, 100), ...at(1) })).id,
    (await aReport(db, authorId, { status: "assigned", agencyId: "roads", topicId: "pothole", ...at(2) })).id,
    (await aReport(db, authorId, { status: "closed", outcome: "confirmed", dueAt: null, ...at(3) })).id,
  ].toReversed();
  await aReport(db, authorId);
  await aReport(db, authorId, { status: "rejected", dueAt: null });
});
afterAll(() => web.store.close());

const fetch = async (query = ""): Promise<Collection & { headers: Headers }> => {
  const { status, text, headers } = await web.get(`/feeds/reports.geojson${query}`);
  expect(status, text).toBe(200);
  return { ...(JSON.parse(text) as Collection), headers };
};
const idsOf = ({ features }: Collection): number[] => features.map(({ id }) => id);

describe("the GeoJSON feed", () => {
  test("has every public report, newest first, and no other", async () => {
    const feed = await fetch();
    expect(feed.headers.get("content-type")).toBe("application/geo+json");
    expect(feed.headers.get("last-modified")).toBe(hoursAfter(NOON, 3).toUTCString());
    expect(feed.type).toBe("FeatureCollection");
    expect(idsOf(feed)).toEqual(shown);
    expect(feed.links.map(({ rel }) => rel)).toEqual(["self"]);
    expect(feed.features[2]).toMatchObject({
      type: "Feature",
      geometry: { type: "Point", coordinates: [37.42, 55.73] },
      properties: {
        number: shown[2],
        url: `https://otklik.example.org/r/${shown[2]}`,
        status: "assigned",
        topicId: "yard-light",
        districtId: "kuntsevo",
        district: "Кунцево",
        agencyId: "lighting",
        address: "Ярцевская улица, 14",
        createdAt: hoursAfter(NOON, 1).toISOString(),
      },
    });
  });

  test("is walked from page to page by its links, each report once", async () => {
    const walked: number[] = [];
    let path: string | undefined = "?limit=2&district=kuntsevo";
    for (let pages = 0; path !== undefined && pages < 5; pages += 1) {
      const page: Awaited<ReturnType<typeof fetch>> = await fetch(path);
      walked.push(...idsOf(page));
      const next = page.links.find(({ rel }) => rel === "next")?.href;
      expect(page.headers.get("link")).toBe(next === undefined ? null : `<${next}>; rel="next"`);
      path = next === undefined ? undefined : new URL(next).search;
      if (path !== undefined) expect(new URL(next ?? "").searchParams.get("district")).toBe("kuntsevo");
    }
    expect(walked).toEqual(shown);
  });

  test("takes the filters of the page", async () => {
    expect(idsOf(await fetch("?agency=roads"))).toEqual([shown[1]]);
    expect(idsOf(await fetch("?status=closed"))).toEqual([shown[0]]);
    expect(idsOf(await fetch("?district=krylatskoye"))).toEqual([]);
  });

  test("speaks the language it is asked in", async () => {
    const feed = await fetch("?lang=en");
    expect(feed.features[0]?.properties["district"]).toBe("Kuntsevo");
    expect(feed.headers.get("content-language")).toBe("en");
  });

  test("is not sent again to whoever has it", async () => {
    const { headers } = await fetch();
    const etag = headers.get("etag") ?? "";
    const again = await web.get("/feeds/reports.geojson", { "if-none-match": etag });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=1001", "limit"],
    ["limit=x", "limit"],
    ["after=-1", "after"],
    ["after=1e3", "after"],
    ["after=1&after=2", "after"],
    ["district=atlantis", "district"],
    ["status=submitted", "status"],
    ["from=2026-02-30", "from"],
    ["box=1,2,3", "box"],
    ["lang=xx", "lang"],
  ])("says that %s cannot be read", async (query, name) => {
    const { status, text } = await web.get(`/feeds/reports.geojson?${query}`);
    expect([status, JSON.parse(text)]).toEqual([400, { error: "bad_parameters", names: [name] }]);
  });
});
