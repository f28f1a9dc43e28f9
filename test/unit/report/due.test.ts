import { describe, expect, test } from "vitest";
import { inspectionDue } from "../../../src/report/dispute.ts";
import {
  answerCheckDue,
  dueOn,
  lastDayOf,
  moderationDue,
  replyDue,
  verificationDue,
  type Due,
} from "../../../src/report/due.ts";
import { repairUntil } from "../../../src/report/repair.ts";
import { berlin, moscow2024 } from "../../support/calendars.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();
const days = (count: number, kind: "working" | "calendar" = "working") => ({ count, kind });

describe("a due date", () => {
  test("8 working days from 29 April 2026 end on 13 May at 24:00 in Moscow", () => {
    expect(dueOn(city, days(8), new Date("2026-04-29T12:00:00+03:00"))).toEqual({
      count: 8,
      kind: "working",
      from: "2026-04-29",
      to: "2026-05-13",
      dueAt: "2026-05-13T21:00:00.000Z",
      skipped: ["2026-05-01", "2026-05-11"],
      weekends: true,
      worked: [],
    });
  });

  test("the day counted from is the city's, not UTC's", () => {
    const late = new Date("2026-04-28T21:30:00Z");
    expect(dueOn(city, days(8), late)).toMatchObject({ from: "2026-04-29", to: "2026-05-13" });
    expect(dueOn(city, days(8), new Date("2026-04-28T20:59:59Z"))).toMatchObject({ from: "2026-04-28" });
  });

  test("calendar days pass nothing over", () => {
    const due = dueOn(city, days(3, "calendar"), new Date("2026-04-30T12:00:00+03:00"));
    expect(due).toMatchObject({ to: "2026-05-03", skipped: [], weekends: false, worked: [] });
  });

  test("is still in time in its last moment and late in the next", () => {
    const dueAt = new Date("2026-05-13T21:00:00Z");
    expect(lastDayOf(city, dueAt).toString()).toBe("2026-05-13");
    expect(lastDayOf(city, new Date(dueAt.getTime() + 1)).toString()).toBe("2026-05-14");
  });
});

/** Counted by hand with the decree at hand: from, days, and what a person who retraces it has to find. */
type Counted = [from: string, count: number, to: string, skipped: string[], worked?: string[]];
const day = (year: number) => (monthDay: string) => `${year}-${monthDay}`;
const noon = (iso: string): Date => new Date(`${iso}T12:00:00+03:00`);

const expectCounted = (due: Due, [from, count, to, skipped, worked = []]: Counted, isLong = true): void => {
  expect(due).toMatchObject({ from, count, to, skipped, worked });
  if (isLong) expect(due.weekends).toBe(true);
};

describe("counted by hand in 2026 and over New Year into 2027", () => {
  const [in2026, in2027] = [day(2026), day(2027)];
  const newYear = [...["12-31"].map(in2026), ...["01-01", "01-04", "01-05", "01-06", "01-07", "01-08"].map(in2027)];
  test.each<Counted>([
    // The January holidays: 1 to 8 and, moved from Saturday the 3rd, the 9th.
    ["2026-01-08", 1, "2026-01-12", ["2026-01-09"]],
    ["2026-01-08", 8, "2026-01-21", ["2026-01-09"]],
    // 23 February is a Monday, 9 March stands for Sunday the 8th.
    ["2026-02-20", 1, "2026-02-24", ["2026-02-23"]],
    ["2026-02-20", 8, "2026-03-05", ["2026-02-23"]],
    ["2026-03-05", 2, "2026-03-10", ["2026-03-09"]],
    // May: the 1st is a Friday, the 11th stands for Saturday the 9th.
    ["2026-04-29", 8, "2026-05-13", ["2026-05-01", "2026-05-11"]],
    ["2026-04-30", 1, "2026-05-04", ["2026-05-01"]],
    ["2026-04-30", 8, "2026-05-14", ["2026-05-01", "2026-05-11"]],
    ["2026-05-08", 1, "2026-05-12", ["2026-05-11"]],
    ["2026-05-08", 8, "2026-05-21", ["2026-05-11"]],
    // From a day off: it does not count, nor would it if it were worked.
    ["2026-05-09", 1, "2026-05-12", ["2026-05-11"]],
    ["2026-06-11", 1, "2026-06-15", ["2026-06-12"]],
    ["2026-11-02", 4, "2026-11-09", ["2026-11-04"]],
    // New Year: 31 December to 10 January without a day of work.
    ["2026-12-29", 2, "2027-01-11", newYear],
    ["2026-12-29", 8, "2027-01-19", newYear],
    ["2026-12-30", 1, "2027-01-11", newYear],
    ["2026-12-31", 3, "2027-01-13", newYear.slice(1)],
    ["2027-01-03", 1, "2027-01-11", newYear.slice(2)],
  ])("from %s, %i working days: %s", (...counted) => {
    expectCounted(dueOn(city, days(counted[1]), noon(counted[0])), counted);
  });
});

describe("counted by hand in 2024, with its working Saturdays", () => {
  const in2024 = day(2024);
  const spring = ["04-29", "04-30", "05-01"].map(in2024);
  test.each<Counted>([
    ["2024-01-05", 1, "2024-01-09", ["2024-01-08"]],
    ["2024-04-25", 2, "2024-04-27", [], ["2024-04-27"]],
    ["2024-04-24", 8, "2024-05-08", spring, ["2024-04-27"]],
    ["2024-04-26", 1, "2024-04-27", [], ["2024-04-27"]],
    ["2024-04-26", 8, "2024-05-14", [...spring, "2024-05-09", "2024-05-10"], ["2024-04-27"]],
    // On the working Saturday itself: that day no longer counts.
    ["2024-04-27", 1, "2024-05-02", spring],
    ["2024-10-31", 3, "2024-11-05", ["2024-11-04"], ["2024-11-02"]],
    ["2024-12-25", 3, "2024-12-28", [], ["2024-12-28"]],
  ])("from %s, %i working days: %s", (...counted) => {
    const isOverSunday = !["2024-04-27", "2024-12-28"].includes(counted[2]);
    expectCounted(dueOn(moscow2024, days(counted[1]), noon(counted[0])), counted, isOverSunday);
  });
});

describe("calendar days", () => {
  test.each([
    ["2026-04-30", 3, "2026-05-03"],
    ["2026-12-30", 3, "2027-01-02"],
    ["2024-02-27", 3, "2024-03-01"],
  ])("from %s, %i of them: %s, whatever day that is", (from, count, to) => {
    expect(dueOn(city, days(count, "calendar"), noon(from))).toMatchObject({ to, skipped: [], weekends: false });
  });
});

describe("each clock has the days that were promised", () => {
  const friday = new Date("2026-05-08T18:00:00+03:00");
  test.each([
    ["moderation, 1 working day", moderationDue(city, friday), "2026-05-12"],
    ["a question, 3 days", replyDue(city, friday), "2026-05-11"],
    ["the check of an answer, 1 working day", answerCheckDue(city, friday), "2026-05-12"],
    ["verification, 10 days", verificationDue(city, friday), "2026-05-18"],
    ["an inspection, 3 working days", inspectionDue(city, friday), "2026-05-14"],
  ])("%s: until the end of %s", (_, due, to) => {
    expect(due).toMatchObject({ from: "2026-05-08", to, dueAt: `${to}T21:00:00.000Z` });
  });

  test("repair, 7 days", () => {
    expect(repairUntil(city, friday)).toEqual(new Date("2026-05-15T21:00:00Z"));
  });
});

describe("in a city that turns its clocks", () => {
  const there = berlin(city.calendar);

  test("a date over the short Sunday ends at its own midnight", () => {
    const due = dueOn(there, days(3, "calendar"), new Date("2026-03-27T12:00:00+01:00"));
    expect(due).toMatchObject({ to: "2026-03-30", dueAt: "2026-03-30T22:00:00.000Z" });
  });

  test("a date over the long Sunday, too", () => {
    const due = dueOn(there, days(1), new Date("2026-10-23T12:00:00+02:00"));
    expect(due).toMatchObject({ to: "2026-10-26", dueAt: "2026-10-26T23:00:00.000Z", weekends: true });
  });

  test("the day counted from is the one on the wall, an hour earlier in winter", () => {
    expect(dueOn(there, days(1), new Date("2026-03-28T23:30:00Z")).from).toBe("2026-03-29");
    expect(dueOn(there, days(1), new Date("2026-03-29T22:30:00Z")).from).toBe("2026-03-30");
  });

  test("what ends on the short day itself ends after 23 hours", () => {
    const due = dueOn(there, days(1, "calendar"), new Date("2026-03-28T12:00:00+01:00"));
    expect(due).toMatchObject({ to: "2026-03-29", dueAt: "2026-03-29T22:00:00.000Z" });
    expect(lastDayOf(there, new Date(due.dueAt)).toString()).toBe("2026-03-29");
  });
});
