import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { runCityCommand } from "../../../src/city/check.ts";
import { cityWarnings } from "../../../src/city/city-warnings.ts";
import { loadCity } from "../../../src/city/load-city.ts";
import { routeOf } from "../../../src/city/routing.ts";
import { DEMO_CITY_DIR, loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();

const copies: string[] = [];

afterEach(async () => {
  for (const dir of copies.splice(0)) await rm(dir, { recursive: true });
});

const SMALL_CITY = "test/unit/city/small-city";

/** A copy of the small city in which texts of one file are replaced; each must be there to be replaced. */
const cityWith = async (file: string, ...changes: [from: string | RegExp, to: string][]): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), "city-"));
  copies.push(dir);
  await cp(SMALL_CITY, dir, { recursive: true });
  let text = await readFile(join(dir, file), "utf8");
  for (const [from, to] of changes) {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file} has no ${String(from)} any more`);
    text = changed;
  }
  await writeFile(join(dir, file), text);
  return dir;
};

const faultsOf = async (dir: string) => {
  const loaded = await loadCity(dir);
  return loaded.ok ? [] : loaded.faults;
};

test.each([
  ["limits: { reportsPerDay: 3, noticesPerSecond: 30 }", []],
  ["limits: { reportsPerDay: 3, noticesPerSecond: 1000, paidBroadcast: true }", []],
  [
    "limits: { reportsPerDay: 3, noticesPerSecond: 31 }",
    [/more than 30 a second Telegram takes for Stars only: set paidBroadcast: true, or go slower/],
  ],
  ["limits: { reportsPerDay: 3, noticesPerSecond: 1001, paidBroadcast: true }", [/1000/]],
])("what goes beyond Telegram's free rate has to be paid for: %s", async (limits, messages) => {
  const faults = await faultsOf(await cityWith("city.yaml", ["limits: { reportsPerDay: 3 }", limits]));
  expect(faults).toEqual(
    messages.map((message) => ({
      file: "city.yaml",
      path: "limits.noticesPerSecond",
      message: expect.stringMatching(message) as string,
    })),
  );
});

test.each([
  ["https://{s}.tile.example.org/{z}/{x}/{y}.png", 0],
  ["http://127.0.0.1:8080/{z}/{x}/{y}", 0],
  ["https://tile.example.org/{z}/{x}.png", 1],
  ["tile.example.org/{z}/{x}/{y}.png", 1],
  ["https://tile.example.org; script-src */{z}/{x}/{y}.png", 1],
])("the map of public reports takes tiles from %s: %i faults", async (tiles, count) => {
  const map = `map: { tiles: "${tiles}", attribution: "© OpenStreetMap" }`;
  const faults = await faultsOf(await cityWith("city.yaml", ["limits:", `${map}\nlimits:`]));
  expect(faults.map(({ path }) => path)).toEqual(Array(count).fill("map.tiles"));
});

test("a sound city is loaded with its defaults", async () => {
  const loaded = await loadCity(SMALL_CITY);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  expect(loaded.city.topics.get("lift")).toEqual({
    id: "lift",
    categoryId: "home",
    title: { ru: "Лифт", en: "Lift" },
    words: { ru: ["лифт"], en: ["elevator"] },
    days: { count: 8, kind: "working" },
    photo: "required",
    place: "house",
    emergency: false,
    questions: [],
  });
  expect(loaded.city.topics.get("lamp")?.questions[0]).toMatchObject({ kind: "number", required: true });
  expect(loaded.city.consent.full).toEqual({ ru: "Полный текст согласия.", en: "The full text of the consent." });
  expect(loaded.city.answerTemplates).toEqual([]);
  expect(loaded.city.limits).toEqual({ reportsPerDay: 3, noticesPerSecond: 28, paidBroadcast: false });
});

describe("a fault is told with its file and path", () => {
  test.each<[what: string, file: string, from: string | RegExp, to: string, path: string, message: string | RegExp]>([
    ["a missing translation", "topics.yaml", ', en: "Lift"', "", "categories[1].topics[0].title.en", "missing"],
    [
      "an empty text",
      "topics.yaml",
      'en: "Lift"',
      'en: " "',
      "categories[1].topics[0].title.en",
      "a text must not be empty",
    ],
    ["a locale the city does not have", "city.yaml", 'en: "Small"', 'en: "Small", fr: "Petit"', "name", /fr/],
    [
      "no words",
      "topics.yaml",
      "[elevator]",
      "[]",
      "categories[1].topics[0].words.en",
      "name at least one way people say it",
    ],
    ["a misspelt key", "topics.yaml", "photo: optional", "foto: optional", "categories[0].topics[0]", /foto/],
    [
      "an id too long for a button",
      "topics.yaml",
      "id: rink",
      "id: a-rink-with-a-very-long-id",
      "categories[0].topics[1].id",
      /at most 24/,
    ],
    ["an id with other letters", "topics.yaml", "id: rink", "id: каток", "categories[0].topics[1].id", /consists of/],
    [
      "a season that is no date",
      "topics.yaml",
      "from: 12-01",
      "from: 13-01",
      "categories[0].topics[1].season.from",
      /MM-DD/,
    ],
    [
      "a season not every year has",
      "topics.yaml",
      "to: 02-28",
      "to: 02-29",
      "categories[0].topics[1].season.to",
      "not every year has a 02-29",
    ],
    [
      "a category id twice",
      "topics.yaml",
      "id: home",
      "id: yard",
      "categories[1].id",
      "yard stands here a second time",
    ],
    [
      "a topic id twice, in two categories",
      "topics.yaml",
      "id: lift",
      "id: lamp",
      "categories[1].topics[0].id",
      "lamp stands here a second time",
    ],
    [
      "a question id twice",
      "topics.yaml",
      "id: how_many",
      "id: days",
      "categories[0].topics[0].questions[1].id",
      /second time/,
    ],
    [
      "an option id twice",
      "topics.yaml",
      "id: all",
      "id: one",
      "categories[0].topics[0].questions[1].options[1].id",
      /second time/,
    ],
    [
      "a number that leaves no choice",
      "topics.yaml",
      "max: 365",
      "max: 1",
      "categories[0].topics[0].questions[0].max",
      "must be greater than min",
    ],
    ["no days", "topics.yaml", "count: 5", "count: 0", "categories[0].topics[1].days.count", /.+/],
    [
      "a topic nobody answers for",
      "routes.yaml",
      "  home: homes\n",
      "",
      "topics.lift",
      "no agency for this topic in the district west",
    ],
    [
      "a district left out",
      "routes.yaml",
      ", east: east-homes",
      "",
      "topics.lift",
      "no agency for this topic in the district east",
    ],
    ["an unknown agency", "routes.yaml", "lamp: lamps", "lamp: candles", "topics.lamp", /no agency candles/],
    [
      "an unknown agency of a district",
      "routes.yaml",
      "west: west-homes",
      "west: nobody",
      "perDistrict.homes.west",
      "no agency nobody in city.yaml",
    ],
    [
      "an unknown district",
      "routes.yaml",
      "west: west-homes",
      "north: west-homes",
      "perDistrict.homes.north",
      /no district north/,
    ],
    [
      "an unknown topic",
      "routes.yaml",
      "lamp: lamps",
      "candle: lamps",
      "topics.candle",
      "no such topic in topics.yaml",
    ],
    [
      "a code for an unknown topic in an agency's own system",
      "city.yaml",
      "  - { id: lamps, name",
      "  - { open311: { endpoint: https://lamps.example/v2, services: { candle: '1' } }, id: lamps, name",
      "agencies[2].open311.services.candle",
      "there is no such topic",
    ],
    [
      "an agency's own system without an address",
      "city.yaml",
      "  - { id: lamps, name",
      "  - { open311: { endpoint: lamps.example }, id: lamps, name",
      "agencies[2].open311.endpoint",
      /the address its requests stand under/,
    ],
    [
      "an unknown category",
      "routes.yaml",
      "home: homes",
      "house: homes",
      "categories.house",
      "no such category in topics.yaml",
    ],
    [
      "a route of another shape",
      "routes.yaml",
      "lamp: lamps",
      "lamp: [lamps]",
      "topics.lamp",
      "an agency, a name of perDistrict, or { to, except }",
    ],
    [
      "an exception to nobody",
      "routes.yaml",
      "except: { east: lamps }",
      "except: { east: nobody }",
      "categories.yard.except.east",
      "no agency nobody in city.yaml",
    ],
    ["a name that is an agency too", "routes.yaml", "homes: {", "lamps: {", "perDistrict.lamps", /ambiguous/],
    [
      "an agency id twice",
      "city.yaml",
      "id: lamps",
      "id: east-homes",
      "agencies[2].id",
      "east-homes stands here a second time",
    ],
    [
      "a reason twice",
      "city.yaml",
      "code: unclear",
      "code: no_reply",
      "rejectionReasons[1].code",
      "no_reply stands here a second time",
    ],
    [
      "no reason for silence",
      "city.yaml",
      "code: no_reply",
      "code: silence",
      "rejectionReasons",
      /no_reply is missing/,
    ],
    ["no such time zone", "city.yaml", "Europe/Moscow", "Europe/Small", "timeZone", /no such time zone/],
    ["a locale twice", "city.yaml", "[ru, en]", "[ru, ru]", "locales", "a locale stands here twice"],
    ["a locale without its texts", "city.yaml", "[ru, en]", "[ru, en, fr]", "name.fr", "missing"],
    [
      "an emergency number in words",
      "city.yaml",
      '"112"',
      '"one one two"',
      "emergencyNumbers[0].number",
      "a number consists of digits",
    ],
    ["a day off that is none", "calendar.yaml", "02-23", "02-30", "years.2026.daysOff[1]", "2026 has no days 02-30"],
    ["a year that is none", "calendar.yaml", "2026:", "twenty-six:", "years.twenty-six", "a year is written 20YY"],
    [
      "a house outside the city",
      "addresses.yaml",
      "[55.051,",
      "[54.051,",
      "streets[0].houses.1",
      "this point is in no district",
    ],
    [
      "a house without a number",
      "addresses.yaml",
      '"1":',
      '"one":',
      "streets[0].houses.one",
      "a house number starts with a digit",
    ],
    ["a latitude that is none", "addresses.yaml", "[[55.05,", "[[155.05,", "streets[0].line[0][0]", /.+/],
    ["broken YAML", "calendar.yaml", "daysOff: [", "daysOff: [[", "line 5", /.+/],
    ["broken JSON", "districts.geojson", "{", "", "", /^not JSON/],
    ["a geometry that is no area", "districts.geojson", '"Polygon"', '"Point"', "features[0].geometry.type", /.+/],
    [
      "a ring that does not close",
      "districts.geojson",
      "[[[37.0, 55], ",
      "[[[37.0, 55.01], ",
      "features[0].geometry",
      "a ring does not end where it starts",
    ],
    [
      "districts that overlap",
      "districts.geojson",
      "[[[37.1, 55], [37.2, 55], [37.2, 55.1], [37.1, 55.1], [37.1, 55]]]",
      "[[[37.09, 55], [37.2, 55], [37.2, 55.1], [37.09, 55.1], [37.09, 55]]]",
      "features[1].geometry",
      "east overlaps with west by more than 30 m",
    ],
    [
      "a district id twice",
      "districts.geojson",
      '"id": "east"',
      '"id": "west"',
      "features[1].properties.id",
      "west stands here a second time",
    ],
    ["an empty consent", "consent.en.md", /[^]+/, "\n", "", "the file is empty"],
  ])("%s", async (_, file, from, to, path, message) => {
    const faults = await faultsOf(await cityWith(file, [from, to]));
    expect(faults).toContainEqual({
      file,
      path,
      message: typeof message === "string" ? message : (expect.stringMatching(message) as string),
    });
  });

  test.each(["city.yaml", "topics.yaml", "districts.geojson", "consent.ru.md"])("%s is missing", async (file) => {
    const dir = await cityWith(file);
    await rm(join(dir, file));
    expect(await faultsOf(dir)).toEqual([{ file, path: "", message: "the file is missing" }]);
  });

  test("faults of several files are told at once", async () => {
    const dir = await cityWith("topics.yaml", ["id: rink", "id: каток"]);
    await writeFile(join(dir, "calendar.yaml"), "years: 2026");
    await rm(join(dir, "consent.en.md"));
    const files = (await faultsOf(dir)).map(({ file }) => file);
    expect(files).toEqual(["topics.yaml", "calendar.yaml", "consent.en.md"]);
  });

  test("an unreadable folder is a fault that names no path of the machine", async () => {
    const faults = await faultsOf(join(tmpdir(), "no-such-city"));
    expect(faults).toEqual([{ file: "city.yaml", path: "", message: "the file is missing" }]);
  });
});

describe("routing", () => {
  test("the closest line wins: topic and district, topic, category and district, category", () => {
    const route = (topicId: string, districtId: string) => routeOf(city, topicId, districtId);
    expect(route("dump", "krylatskoye")).toBe("parks-west");
    expect(route("dump", "kuntsevo")).toBe("waste");
    expect(route("dump", "fili-park")).toBe("housing-fili-park");
    expect(route("park-bench", "fili-park")).toBe("fili-park");
    expect(route("park-bench", "kuntsevo")).toBe("parks-west");
    expect(route("playground", "ramenki")).toBe("housing-ramenki");
  });

  test("an unknown topic or district is a bug and throws", () => {
    expect(() => routeOf(city, "ufo", "kuntsevo")).toThrow("No route");
    expect(() => routeOf(city, "lift", "arbat")).toThrow("No route");
  });
});

describe("warnings", () => {
  const warn = (now: string) => cityWarnings(city, new Date(now));

  test("a preliminary year is told until it is over", () => {
    expect(warn("2026-05-01T12:00:00Z")).toEqual([{ kind: "calendar_preliminary", year: 2027 }]);
    expect(warn("2028-01-01T12:00:00Z").map(({ kind }) => kind)).toEqual(["calendar_ends"]);
  });

  test("a calendar that ends within 60 days is told, from the city's own midnight on", () => {
    const last = { kind: "calendar_ends", lastDay: "2027-12-31" };
    expect(warn("2027-11-01T20:59:00Z")).not.toContainEqual(expect.objectContaining(last));
    expect(warn("2027-11-01T21:00:00Z")).toContainEqual({ ...last, daysLeft: 59 });
    expect(warn("2028-01-10T12:00:00Z")).toContainEqual({ ...last, daysLeft: -10 });
  });
});

describe("npm run city", () => {
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const exitCode = await runCityCommand(args, new Date("2027-11-15T12:00:00Z"), (line) => lines.push(line));
    return { exitCode, text: lines.join("\n") };
  };

  test("check tells what is in a sound folder, and its warnings", async () => {
    const { exitCode, text } = await run("check", DEMO_CITY_DIR);
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^kuntsevo: 8 districts, 28 agencies, 8 categories/);
    expect(text).toContain("the calendar ends on 2027-12-31, in 46 days");
    expect(text).toContain("years.2027: preliminary");
  });

  test("check tells the faults of another one and fails", async () => {
    const { exitCode, text } = await run("check", await cityWith("routes.yaml", ["lamp: lamps", "lamp: candles"]));
    expect(exitCode).toBe(1);
    expect(text).toBe(
      "1 fault:\n  routes.yaml  topics.lamp: no agency candles in city.yaml and nothing of that name in perDistrict",
    );
  });

  test.each([[[]], [["check"]], [["chekc", DEMO_CITY_DIR]], [["check", DEMO_CITY_DIR, "more"]]])(
    "%j gets the usage",
    async (args) => {
      const { exitCode, text } = await run(...args);
      expect(exitCode).toBe(2);
      expect(text).toContain("Usage: npm run city -- check DIR");
    },
  );
});
