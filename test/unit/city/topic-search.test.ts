import { readFileSync } from "node:fs";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { searchTopics } from "../../../src/city/topic-search.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();
const may = Temporal.PlainDate.from("2026-05-20");

const idsFor = (query: string, locale = "ru") => searchTopics(city, query, locale, may).map(({ topic }) => topic.id);

const queries = parse(readFileSync(new URL("queries.yaml", import.meta.url), "utf8")) as Record<string, string[]>;

describe("what people type finds its topic within the first three", () => {
  const cases = Object.entries(queries).flatMap(([topicId, typed]) => typed.map((query) => [query, topicId] as const));
  test.each(cases)("%s → %s", (query, topicId) => expect(idsFor(query).slice(0, 3)).toContain(topicId));
});

describe.each(["ru", "en"])("in %s", (locale) => {
  test("every topic is first when its own title is typed", () => {
    const missed = [...city.topics.values()].filter(
      (topic) => idsFor(topic.title[locale] ?? "", locale)[0] !== topic.id,
    );
    expect(missed.map((topic) => topic.id)).toEqual([]);
  });

  test("every topic is found by each of its words", () => {
    const missed = [...city.topics.values()].flatMap((topic) =>
      (topic.words[locale] ?? [])
        .filter((way) => !idsFor(way, locale).includes(topic.id))
        .map((way) => `${topic.id}: ${way}`),
    );
    expect(missed).toEqual([]);
  });
});

test("the name of a category finds topics of it", () => {
  const found = searchTopics(city, "общественный транспорт", "ru", may).slice(0, 5);
  expect(found.map(({ topic }) => topic.categoryId)).toEqual(Array(5).fill("transport"));
});

test("topics out of season are found and marked", () => {
  const [icicles] = searchTopics(city, "сосульки", "ru", may);
  expect(icicles).toMatchObject({ topic: { id: "icicles" }, inSeason: false });
  const [inWinter] = searchTopics(city, "сосульки", "ru", Temporal.PlainDate.from("2026-12-20"));
  expect(inWinter).toMatchObject({ topic: { id: "icicles" }, inSeason: true });
});

test("a whole story is as good as the words that matter in it", () => {
  const story = "Здравствуйте! Помогите пожалуйста, у нас уже третий день лифт застревает между этажами, мне 80 лет";
  expect(idsFor(story).slice(0, 3)).toContain("lift");
});

test.each(["", "   ", "не", "?!…", "абракадабра", "привет", "12345", "🙃", "😡".repeat(2000), "__proto__"])(
  "nothing is found for %j",
  (query) => expect(idsFor(query)).toEqual([]),
);

test("a 4096-character message is searched without delay and without error", () => {
  const long = "яма на дороге, разбитый асфальт. ".repeat(130).slice(0, 4096);
  expect(idsFor(long)[0]).toBe("pothole");
});
