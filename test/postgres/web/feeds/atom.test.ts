import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aReport, aResident, hoursAfter, NOON } from "../../../support/people.ts";
import { freshWeb, type FreshWeb } from "../../../support/web.ts";

type Link = { rel: string; href: string; type?: string };
type Entry = {
  id: string;
  title: string;
  updated: string;
  published: string;
  link: Link[];
  summary: { "#text": string };
};
type Feed = { id: string; title: string; updated: string; author: { name: string }; link: Link[]; entry: Entry[] };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  isArray: (name) => ["entry", "link"].includes(name),
});

/** A document with everything RFC 4287 demands, read by somebody else's parser. */
const read = (text: string): Feed => {
  expect(XMLValidator.validate(text)).toBe(true);
  const { feed } = parser.parse(text) as { feed: Feed & { xmlns: string } };
  expect(feed.xmlns).toBe("http://www.w3.org/2005/Atom");
  const entries = feed.entry ?? [];
  for (const one of [feed, ...entries]) {
    expect(one.id).toMatch(/^https:\/\/otklik\.example\.org\//);
    expect(one.title).not.toBe("");
    expect(new Date(one.updated).toISOString()).toBe(one.updated);
    expect(one.link.filter(({ rel }) => rel === "alternate")).toHaveLength(1);
  }
  expect(feed.author.name).not.toBe("");
  expect(feed.link.filter(({ rel }) => rel === "self")).toMatchObject([
    { href: feed.id, type: "application/atom+xml" },
  ]);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  for (const { id, link, published, summary } of entries) {
    expect(link.find(({ rel }) => rel === "alternate")?.href).toBe(id);
    expect(new Date(published).toISOString()).toBe(published);
    expect(summary["#text"]).not.toBe("");
  }
  return { ...feed, entry: entries };
};

let web: FreshWeb;
let light: number;
let road: number;
beforeAll(async () => {
  web = await freshWeb();
  const { db } = web.store;
  const authorId = await aResident(db);
  const description = `Яма <b>"глубокая"</b> & 'острая' ]]> \u0007\ufffe\r\nу дома`;
  const assigned = { status: "assigned", assignedAt: hoursAfter(NOON, 2) } as const;
  light = (await aReport(db, authorId, { ...assigned, updatedAt: hoursAfter(NOON, 9) })).id;
  const atRoads = { ...assigned, agencyId: "roads", topicId: "pothole", description } as const;
  road = (await aReport(db, authorId, { ...atRoads, updatedAt: hoursAfter(NOON, 5) })).id;
  await aReport(db, authorId);
});
afterAll(() => web.store.close());

const fetch = async (query = ""): Promise<Feed> => {
  const { status, text, headers } = await web.get(`/feeds/reports.atom${query}`, { "accept-language": "ru" });
  expect(status, text).toBe(200);
  expect(headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  return read(text);
};
const numbersOf = ({ entry }: Feed): number[] => entry.map(({ id }) => Number(id.split("/").at(-1)));

describe("the Atom feed", () => {
  test("is a valid feed of what changed last", async () => {
    const feed = await fetch();
    expect(numbersOf(feed)).toEqual([light, road]);
    expect(feed.updated).toBe(hoursAfter(NOON, 9).toISOString());
    expect(feed.entry[0]?.published).toBe(hoursAfter(NOON, 2).toISOString());
    expect(feed.link.find(({ rel }) => rel === "alternate")?.href).toBe("https://otklik.example.org/");
  });

  test("keeps whatever people wrote a text", async () => {
    const entry = (await fetch("?agency=roads")).entry[0];
    expect(entry?.summary["#text"]).toContain(`Яма <b>"глубокая"</b> & 'острая' ]]>`);
    expect(entry?.summary["#text"]).toContain("\nу дома");
  });

  test.each(["district=kuntsevo", "agency=lighting", "topic=yard-light", "district=kuntsevo&agency=lighting"])(
    "of %s has its own name, address and page",
    async (query) => {
      const feed = await fetch(`?${query}`);
      expect(numbersOf(feed)).toContain(light);
      expect(feed.id).toBe(`https://otklik.example.org/feeds/reports.atom?${query}`);
      expect(feed.title).not.toBe((await fetch()).title);
      expect(feed.link.find(({ rel }) => rel === "alternate")?.href).toBe(`https://otklik.example.org/?${query}`);
    },
  );

  test("of a category has its topics' reports only", async () => {
    const category = web.city.categories.find(({ topics }) => topics.some(({ id }) => id === "pothole"));
    expect(numbersOf(await fetch(`?category=${category?.id}`))).toEqual([road]);
  });

  test("of nothing is a valid feed, too, and the same each time", async () => {
    expect((await fetch("?district=krylatskoye")).entry).toEqual([]);
    const first = await web.get("/feeds/reports.atom?district=krylatskoye");
    const second = await web.get("/feeds/reports.atom?district=krylatskoye");
    expect(first.text).toBe(second.text);
  });

  test("has one address, in whatever order its parameters come and whatever else is sent along", async () => {
    const [one, other] = [
      await fetch("?agency=roads&district=kuntsevo&utm=1"),
      await fetch("?district=kuntsevo&agency=roads"),
    ];
    expect(one.id).toBe(other.id);
  });

  test("is not sent again to whoever has it", async () => {
    const { headers } = await web.get("/feeds/reports.atom");
    const again = await web.get("/feeds/reports.atom", { "if-none-match": headers.get("etag") ?? "" });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect(headers.get("last-modified")).toBe(hoursAfter(NOON, 9).toUTCString());
  });

  test("says which parameter cannot be read", async () => {
    const { status, text } = await web.get("/feeds/reports.atom?district=atlantis&agency=nobody");
    expect([status, text]).toEqual([400, "Bad parameters: district, agency\n"]);
  });
});
