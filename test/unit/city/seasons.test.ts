import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { isInSeason, seasonStart } from "../../../src/city/seasons.ts";

const day = (iso: string) => Temporal.PlainDate.from(iso);
const winter = { season: { from: "11-01", to: "03-31" } };
const summer = { season: { from: "05-01", to: "09-30" } };

test.each([
  ["2026-10-31", false],
  ["2026-11-01", true],
  ["2026-12-31", true],
  ["2027-01-01", true],
  ["2027-03-31", true],
  ["2027-04-01", false],
])("a winter over New Year on %s: %s", (iso, inSeason) => expect(isInSeason(winter, day(iso))).toBe(inSeason));

test.each([
  ["2026-04-30", false],
  ["2026-05-01", true],
  ["2026-09-30", true],
  ["2026-10-01", false],
])("a summer within the year on %s: %s", (iso, inSeason) => expect(isInSeason(summer, day(iso))).toBe(inSeason));

test("a topic without a season is always in season and has no start", () => {
  expect(isInSeason({}, day("2026-02-28"))).toBe(true);
  expect(seasonStart({}, day("2026-02-28"))).toBeNull();
});

test("the next start is this year's where it is still ahead, else the next year's", () => {
  expect(seasonStart(winter, day("2026-04-01"))?.toString()).toBe("2026-11-01");
  expect(seasonStart(summer, day("2026-10-01"))?.toString()).toBe("2027-05-01");
  expect(seasonStart(summer, day("2026-05-01"))?.toString()).toBe("2026-05-01");
});
