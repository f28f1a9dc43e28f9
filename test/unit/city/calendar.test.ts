import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addWorkingDays,
  isWorkingDay,
  workingDaysBetween,
  type CountedDays,
} from "../../../src/city/calendar.ts";
import { readCalendar } from "../../../src/city/read-calendar.ts";
import type { Calendar } from "../../../src/city/schema.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const day = (iso: string) => Temporal.PlainDate.from(iso);

const told = ({ date, skipped, weekends, worked }: CountedDays) => ({
  date: date.toString(),
  skipped: skipped.map(String),
  weekends,
  worked: worked.map(String),
});

/** The official calendar of 2024, the last with working Saturdays. */
const year2024 = {
  source: "Government decree 1314 of 10 August 2023",
  preliminary: false,
  daysOff: ["01-01..01-08", "02-23", "03-08", "04-29..05-01", "05-09..05-10", "06-12", "11-04", "12-30..12-31"],
  workingDays: ["04-27", "11-02", "12-28"],
};

const read = (years: Record<string, typeof year2024>, weekend = [6, 7]) =>
  readCalendar({ "calendar.yaml": { weekend, years } });

const calendar2024: Calendar = read({ "2024": year2024 }).calendar;

describe("the calendar of 2026", async () => {
  const { calendar } = await loadDemoCity();

  test("8 working days from 29 April end on 13 May, without 1 and 11 May and the weekends", () => {
    expect(told(addWorkingDays(calendar, day("2026-04-29"), 8))).toEqual({
      date: "2026-05-13",
      skipped: ["2026-05-01", "2026-05-11"],
      weekends: true,
      worked: [],
    });
  });

  test("the days off are exactly those of the decree", () => {
    const off: string[] = [];
    for (let date = day("2026-01-01"); date.year === 2026; date = date.add({ days: 1 }))
      if (!isWorkingDay(calendar, date) && date.dayOfWeek < 6) off.push(date.toString().slice(5));
    const january = ["01-01", "01-02", "01-05", "01-06", "01-07", "01-08", "01-09"];
    expect(off).toEqual([...january, "02-23", "03-09", "05-01", "05-11", "06-12", "11-04", "12-31"]);
    expect(calendar.years.get(2026)?.workingDays.size).toBe(0);
  });

  test("counting goes on over New Year into the next year's holidays", () => {
    expect(told(addWorkingDays(calendar, day("2026-12-30"), 1))).toMatchObject({ date: "2027-01-11", weekends: true });
  });

  test("2027 is preliminary: holidays on a weekend move to the next working day", () => {
    expect(calendar.years.get(2027)?.preliminary).toBe(true);
    for (const moved of ["2027-05-03", "2027-05-10", "2027-06-14"])
      expect(isWorkingDay(calendar, day(moved))).toBe(false);
  });
});

describe("the calendar of 2024", () => {
  test("a working Saturday counts, and the explanation names it", () => {
    expect(told(addWorkingDays(calendar2024, day("2024-04-26"), 2))).toEqual({
      date: "2024-05-02",
      skipped: ["2024-04-29", "2024-04-30", "2024-05-01"],
      weekends: true,
      worked: ["2024-04-27"],
    });
  });

  test("a holiday within a weekend is told as weekend, not as a day off of its own", () => {
    expect(told(addWorkingDays(calendar2024, day("2024-01-05"), 1))).toMatchObject({
      date: "2024-01-09",
      skipped: ["2024-01-08"],
    });
  });

  test.each([
    ["2024-04-27", true],
    ["2024-04-20", false],
    ["2024-12-28", true],
    ["2024-12-30", false],
    ["2024-05-10", false],
    ["2024-05-13", true],
  ])("%s worked: %s", (iso, worked) => expect(isWorkingDay(calendar2024, day(iso))).toBe(worked));
});

test("a year the calendar does not know has plain weekends", () => {
  expect(isWorkingDay(calendar2024, day("2030-01-01"))).toBe(true);
  expect(isWorkingDay(calendar2024, day("2030-01-05"))).toBe(false);
});

test("a city may have its weekend on other days", () => {
  const { calendar } = read({}, [5, 6]);
  expect(isWorkingDay(calendar, day("2026-08-07"))).toBe(false);
  expect(isWorkingDay(calendar, day("2026-08-09"))).toBe(true);
});

test("no days at all give the day itself, working or not", () => {
  expect(addWorkingDays(calendar2024, day("2024-05-01"), 0).date.toString()).toBe("2024-05-01");
});

test("calendar days are counted through holidays and need no explanation", () => {
  expect(told(addDays(calendar2024, day("2024-04-29"), { count: 3, kind: "calendar" }))).toEqual({
    date: "2024-05-02",
    skipped: [],
    weekends: false,
    worked: [],
  });
});

test("counting back between two dates gives the number that was counted forward", () => {
  for (let count = 1; count <= 60; count++) {
    const { date } = addWorkingDays(calendar2024, day("2024-04-01"), count);
    expect(workingDaysBetween(calendar2024, day("2024-04-01"), date)).toBe(count);
  }
  expect(workingDaysBetween(calendar2024, day("2024-04-03"), day("2024-04-01"))).toBe(0);
});

describe("a calendar file", () => {
  test.each([
    ["a day the year does not have", { daysOff: ["02-30"] }, "years.2024.daysOff[0]", "2024 has no days 02-30"],
    [
      "a range that runs backwards",
      { daysOff: ["05-03..05-01"] },
      "years.2024.daysOff[0]",
      "2024 has no days 05-03..05-01",
    ],
    ["a day twice", { daysOff: ["05-01", "05-01..05-02"] }, "years.2024.daysOff[1]", "2024-05-01 stands here twice"],
    [
      "a day off that is worked",
      { daysOff: ["04-27"], workingDays: ["04-27"] },
      "years.2024.workingDays[0]",
      "2024-04-27 is a day off and a working day at once",
    ],
    [
      "a working day moved onto a weekday",
      { workingDays: ["04-25"] },
      "years.2024.workingDays[0]",
      "2024-04-25 is no weekend, so it is worked anyway",
    ],
  ])("with %s is a fault", (_, change, path, message) => {
    const year = { ...year2024, daysOff: [], workingDays: [], ...change };
    expect(read({ "2024": year }).faults).toEqual([{ file: "calendar.yaml", path, message }]);
  });

  test("with a gap between its years is a fault, as is one without any", () => {
    const empty = { ...year2024, daysOff: [], workingDays: [] };
    expect(read({ "2024": empty, "2026": empty }).faults).toEqual([
      { file: "calendar.yaml", path: "years", message: "2025 is missing between 2024 and 2026" },
    ]);
    expect(read({}).faults).toEqual([{ file: "calendar.yaml", path: "years", message: "no year at all" }]);
  });
});
