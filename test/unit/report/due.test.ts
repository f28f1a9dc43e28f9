import { describe, expect, test } from "vitest";
import { readCalendar } from "../../../src/city/read-calendar.ts";
import { dueOn, lastDayOf, moderationDue } from "../../../src/report/due.ts";
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

  test("a working Saturday counts and is told", () => {
    const { calendar } = readCalendar({
      "calendar.yaml": {
        weekend: [6, 7],
        years: {
          "2024": {
            source: "Government decree 1314 of 10 August 2023",
            preliminary: false,
            daysOff: ["04-29..05-01", "05-09..05-10"],
            workingDays: ["04-27"],
          },
        },
      },
    });
    const due = dueOn({ ...city, calendar }, days(8), new Date("2024-04-24T12:00:00+03:00"));
    expect(due).toMatchObject({
      to: "2024-05-08",
      skipped: ["2024-04-29", "2024-04-30", "2024-05-01"],
      worked: ["2024-04-27"],
    });
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

test("moderation has until the end of the next working day", () => {
  const friday = new Date("2026-05-08T18:00:00+03:00");
  expect(moderationDue(city, friday)).toMatchObject({ to: "2026-05-12", dueAt: "2026-05-12T21:00:00.000Z" });
});
