import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { figuresBy, figuresByMonth, figuresOf, type Counted } from "../../../src/report/statistics.ts";
import { countingOf } from "../../../src/report/statistics-period.ts";
import { countReports } from "../../../src/store/queries/statistics.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import { demoCity } from "../../support/city.ts";
import { aReport, aResident, hoursAfter, NOON } from "../../support/people.ts";
import { freshStore, STORE_KINDS, type FreshStore } from "../../support/store.ts";

const city = await demoCity();
const DAY = 24;

/** A day of July 2026 by the city's clock; `NOON` is the 15th. */
const on = (day: number, hour = 12): Date => hoursAfter(NOON, (day - 15) * DAY + hour - 12);

describe.each(STORE_KINDS)("on %s", (kind) => {
  let store: FreshStore;
  let counted: Counted;

  beforeAll(async () => {
    store = await freshStore(kind);
    const authorId = await aResident(store.db);
    const file = (differs: Partial<ReportRow>) => aReport(store.db, authorId, differs);
    const closed = { status: "closed", outcome: "confirmed", dueAt: null } as const;
    // Two in moderation, one of them asked; filed on either side of the city's midnight between two months.
    await file({ createdAt: new Date("2026-06-30T20:59:59Z") });
    await file({ createdAt: new Date("2026-06-30T21:00:00Z"), status: "needs_info", returnsTo: "submitted" });
    // In work: before its date, exactly when it is over, and standing still though it has passed.
    await file({ status: "assigned", handlingDueAt: on(21) });
    await file({ status: "planned", handlingDueAt: on(20), postponements: 1 });
    await file({
      status: "needs_info",
      returnsTo: "assigned",
      agencyId: "lighting",
      handlingDueAt: on(1),
      pausedAt: on(2),
    });
    // A returned answer left its moment behind.
    await file({ status: "assigned", handlingDueAt: on(21), answeredAt: on(14) });
    // Answered: the moment before the date ends, that moment, late; a day is one of the city's calendar.
    await file({ status: "answered", assignedAt: on(1, 23), answeredAt: on(2, 1), handlingDueAt: on(2, 2) });
    await file({ status: "published", assignedAt: on(1), answeredAt: on(4), handlingDueAt: on(4) });
    await file({ ...closed, assignedAt: on(1), answeredAt: on(11), handlingDueAt: on(12), cycle: 2, postponements: 1 });
    await file({
      ...closed,
      outcome: "unverified",
      assignedAt: on(1),
      answeredAt: on(1, 20),
      handlingDueAt: on(9),
      agencyId: "roads",
    });
    await file({ status: "rejected", dueAt: null });
    counted = await countReports(store.db, countingOf(city, on(20)));
  });
  afterAll(() => store.close());

  test("every report is counted once, where it stands", () => {
    const { filed, byStage, taken, open, reopened } = figuresOf(counted, {});
    expect(filed).toBe(11);
    expect(byStage).toEqual({
      ...{ moderation: 2, work: 4, check: 2, declined: 1 },
      ...{ confirmed: 1, unverified: 1, answer_upheld: 0, not_fixable: 0 },
    });
    expect({ taken, open, reopened }).toEqual({ taken: 8, open: 6, reopened: 1 });
  });

  test("a month begins at midnight in the city", () => {
    expect(figuresByMonth(counted, {}).map(({ month, figures }) => [month, figures.filed])).toEqual([
      ["2026-06", 1],
      ["2026-07", 10],
    ]);
  });

  test("a date that ends now has passed, an answer at that moment is late, and what stands still is not overdue", () => {
    const { overdue, inTime, inTimePostponed } = figuresOf(counted, {});
    expect(overdue).toBe(1);
    expect(inTime).toEqual({ part: 3, of: 5 });
    expect(inTimePostponed).toBe(1);
  });

  test("days are the city's calendar's, and an answer that was sent back took none", () => {
    expect(counted.days.map(({ days }) => days).toSorted((a, b) => a - b)).toEqual([0, 1, 3, 10]);
    expect(figuresOf(counted, {}).days).toEqual({ median: 2, of: 4 });
  });

  test("an agency has what was given to it, wherever it stands", () => {
    const byAgency = figuresBy(counted, {}, ({ agencyId }) => agencyId);
    expect(byAgency.get("roads")).toMatchObject({
      taken: 1,
      inTime: { part: 1, of: 1 },
      confirmed: { part: 0, of: 1 },
    });
    expect(byAgency.get("lighting")).toMatchObject({ taken: 7, days: { median: 3, of: 3 } });
  });

  test("topics are those of the last twelve months and of agencies", async () => {
    const sum = ({ topics }: Counted): number => topics.reduce((all, { count }) => all + count, 0);
    expect(counted.topicsFrom).toBe("2025-08");
    expect(sum(counted)).toBe(8);
    const later = await countReports(store.db, countingOf(city, new Date("2027-07-01T12:00:00Z")));
    expect([later.topicsFrom, sum(later)]).toEqual(["2026-08", 0]);
    expect(figuresOf(later, {}).filed).toBe(11);
  });
});

test("in a city where nobody has filed anything everything is nothing of nothing", async () => {
  const store = await freshStore("postgres");
  try {
    const figures = figuresOf(await countReports(store.db, countingOf(city, NOON)), {});
    expect(figures).toMatchObject({ filed: 0, inTime: { part: 0, of: 0 }, days: { median: null, of: 0 } });
  } finally {
    await store.close();
  }
});
