import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cityDate, cityTime } from "../../../src/city/city-time.ts";
import { STATUS_NAMES, STATUSES } from "../../../src/report/status.ts";
import {
  dueTicks,
  nextTickAt,
  TELLING,
  ticksToDo,
  TICKING_STATUSES,
  TICKS,
  type Ticking,
} from "../../../src/report/ticks.ts";
import { anyCity, anyMoment, berlin } from "../../support/calendars.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();
const at = (moment: string): Date => new Date(`${moment}+03:00`);
const FAR = at("2030-01-01T00:00");

const aReport = (differs: Partial<Ticking> & Pick<Ticking, "status">): Ticking => ({
  statusAt: at("2026-04-29T14:05"),
  dueAt: null,
  publishedAt: null,
  takenUntil: null,
  tickedAt: null,
  ...differs,
});

/** Everything that comes by itself, by the city's clock. */
const lifeOf = (report: Ticking): string[] =>
  dueTicks(report, city, FAR).map(
    ({ tick, at: moment }) =>
      `${tick} ${cityDate(city, moment).toString()} ${cityTime(city, moment).toString().slice(0, 5)}`,
  );

/** 24:00 of the day. */
const endOf = (day: string): Date => new Date(at(`${day}T00:00`).getTime() + 24 * 3_600_000);

describe("what comes by itself", () => {
  test("in work: three days, one day before, the morning of the last day, when it is missed, three working days later", () => {
    for (const status of ["assigned", "planned"] as const) {
      expect(lifeOf(aReport({ status, dueAt: endOf("2026-05-13") }))).toEqual([
        // 9 to 11 May are off.
        "due_in_three_days 2026-05-08 09:00",
        "due_tomorrow 2026-05-12 09:00",
        "due_today 2026-05-13 09:00",
        "overdue 2026-05-14 00:00",
        // 16 and 17 May are a weekend.
        "overdue_escalated 2026-05-19 00:00",
      ]);
    }
  });

  test("a reminder that would come on a day off comes on the working morning before; the last day's own stays", () => {
    const remindedOf = (day: string): string[] =>
      lifeOf(aReport({ status: "assigned", statusAt: at("2026-04-01T12:00"), dueAt: endOf(day) })).slice(0, 3);
    // 9 and 10 May are a weekend, the 11th a holiday: of two that fall together one is told.
    expect(remindedOf("2026-05-12")).toEqual([
      "due_in_three_days 2026-05-08 09:00",
      "due_tomorrow 2026-05-08 09:00",
      "due_today 2026-05-12 09:00",
    ]);
    // 1 May is a holiday, 2 and 3 May a weekend.
    expect(remindedOf("2026-05-05")).toEqual([
      "due_in_three_days 2026-04-30 09:00",
      "due_tomorrow 2026-05-04 09:00",
      "due_today 2026-05-05 09:00",
    ]);
    // Off from 31 December to 10 January.
    expect(remindedOf("2027-01-12")).toEqual([
      "due_in_three_days 2026-12-30 09:00",
      "due_tomorrow 2027-01-11 09:00",
      "due_today 2027-01-12 09:00",
    ]);
    // A Sunday, as a topic with calendar days may have it.
    expect(remindedOf("2026-06-21")).toEqual([
      "due_in_three_days 2026-06-18 09:00",
      "due_tomorrow 2026-06-19 09:00",
      "due_today 2026-06-21 09:00",
    ]);
  });

  test("of two reminders that a weekend brings to one morning one is told", () => {
    const report = aReport({ status: "assigned", dueAt: endOf("2026-05-12") });
    expect(ticksToDo(dueTicks(report, city, at("2026-05-08T09:00")))).toEqual(["due_tomorrow"]);
  });

  test("three working days over New Year take a fortnight", () => {
    // 31 December is moved from a Sunday, 1–8 January are holidays, 9 and 10 January a weekend.
    const life = lifeOf(aReport({ status: "assigned", dueAt: endOf("2026-12-30") }));
    expect(life.at(-2)).toBe("overdue 2026-12-31 00:00");
    expect(life.at(-1)).toBe("overdue_escalated 2027-01-14 00:00");
  });

  test("due today and assigned after the morning: no reminder of what everybody has just heard", () => {
    const today = { status: "assigned", dueAt: endOf("2026-05-13") } as const;
    const missed = ["overdue 2026-05-14 00:00", "overdue_escalated 2026-05-19 00:00"];
    expect(lifeOf(aReport({ ...today, statusAt: at("2026-05-13T10:00") }))).toEqual(missed);
    expect(lifeOf(aReport({ ...today, statusAt: at("2026-05-13T09:00") }))).toEqual(missed);
    expect(lifeOf(aReport({ ...today, statusAt: at("2026-05-13T08:59") }))).toEqual([
      "due_today 2026-05-13 09:00",
      ...missed,
    ]);
  });

  test("returned to a date that is past: it is overdue at once, and reminds of nothing", () => {
    const report = aReport({ status: "assigned", statusAt: at("2026-05-15T12:00"), dueAt: endOf("2026-05-13") });
    expect(lifeOf(report)).toEqual(["overdue 2026-05-14 00:00", "overdue_escalated 2026-05-19 00:00"]);
    expect(dueTicks(report, city, at("2026-05-15T12:00")).map(({ tick }) => tick)).toEqual(["overdue"]);
  });

  test("in moderation: late the night it was due, with the admins a working day later", () => {
    // 1 May is a holiday, 2 and 3 May a weekend.
    expect(lifeOf(aReport({ status: "submitted", dueAt: endOf("2026-04-30") }))).toEqual([
      "moderation_late 2026-05-01 00:00",
      "moderation_escalated 2026-05-05 00:00",
    ]);
  });

  test("taken by an editor: free again when their minutes are over, and only while it is in moderation", () => {
    const taken = { dueAt: endOf("2026-04-30"), takenUntil: at("2026-04-29T18:00") };
    expect(lifeOf(aReport({ status: "submitted", ...taken }))[0]).toBe("taking_ended 2026-04-29 18:00");
    expect(lifeOf(aReport({ status: "assigned", ...taken })).join()).not.toContain("taking_ended");
  });

  test("asked something: a reminder after a day, and the end of waiting", () => {
    expect(lifeOf(aReport({ status: "needs_info", dueAt: endOf("2026-05-02") }))).toEqual([
      "reply_reminder 2026-04-30 14:05",
      "wait_ended 2026-05-03 00:00",
    ]);
  });

  test("an answer to check: late, and with the admins a working day later", () => {
    expect(lifeOf(aReport({ status: "answered", dueAt: endOf("2026-05-15") }))).toEqual([
      "answer_check_late 2026-05-16 00:00",
      "answer_check_escalated 2026-05-19 00:00",
    ]);
  });

  test("published: more neighbours on two mornings, two of them suffice after 48 hours, reminders on day 3 and 8, the end of the window", () => {
    const publishedAt = at("2026-06-01T20:00");
    expect(
      lifeOf(aReport({ status: "published", statusAt: publishedAt, publishedAt, dueAt: endOf("2026-06-11") })),
    ).toEqual([
      "more_invited 2026-06-02 09:00",
      "last_invited 2026-06-03 09:00",
      "quorum 2026-06-03 20:00",
      "check_reminder 2026-06-04 09:00",
      "check_last_reminder 2026-06-09 09:00",
      "window_ended 2026-06-12 00:00",
    ]);
  });

  test("disputed: late, and with the admins a working day later, over a holiday and a weekend", () => {
    expect(lifeOf(aReport({ status: "disputed", dueAt: endOf("2026-06-11") }))).toEqual([
      "inspection_late 2026-06-12 00:00",
      "inspection_escalated 2026-06-16 00:00",
    ]);
  });

  test("rejected: the end of the seven days in which it can be repaired or appealed", () => {
    expect(lifeOf(aReport({ status: "rejected" }))).toEqual(["repair_ended 2026-05-07 00:00"]);
  });

  test("where no clock runs nothing comes, everywhere else something does", () => {
    expect(TICKING_STATUSES).toEqual(STATUS_NAMES.filter((status) => STATUSES[status].clock !== null));
    for (const status of STATUS_NAMES.filter((name) => STATUSES[name].clock === null)) {
      expect(nextTickAt(aReport({ status }), city)).toBeNull();
    }
  });
});

describe("a moment that is done", () => {
  test("comes never again, and the next one is looked for after it", () => {
    let report = aReport({ status: "assigned", dueAt: endOf("2026-05-13") });
    const seen: string[] = [];
    for (let next = nextTickAt(report, city); next !== null; next = nextTickAt(report, city)) {
      seen.push(...dueTicks(report, city, next).map(({ tick }) => tick));
      report = { ...report, tickedAt: next };
    }
    expect(seen).toEqual(["due_in_three_days", "due_tomorrow", "due_today", "overdue", "overdue_escalated"]);
  });

  test("is not due a millisecond before", () => {
    const report = aReport({ status: "assigned", dueAt: endOf("2026-05-13") });
    const morning = at("2026-05-08T09:00");
    expect(dueTicks(report, city, new Date(morning.getTime() - 1))).toEqual([]);
    expect(dueTicks(report, city, morning)).toHaveLength(1);
  });
});

describe("several at once, after an outage", () => {
  const toDo = (report: Ticking, now: Date) => ticksToDo(dueTicks(report, city, now));
  const report = aReport({ status: "assigned", dueAt: endOf("2026-05-13") });

  test("of reminders that fall together only the last is told", () => {
    expect(toDo(report, at("2026-05-12T12:00"))).toEqual(["due_tomorrow"]);
    expect(toDo(report, at("2026-05-13T12:00"))).toEqual(["due_today"]);
  });

  test("what was missed makes reminders idle; both levels of it are told", () => {
    expect(toDo(report, at("2026-05-20T12:00"))).toEqual(["overdue", "overdue_escalated"]);
  });

  test("whatever moves a report is always done", () => {
    const publishedAt = at("2026-06-01T20:00");
    const published = aReport({ status: "published", statusAt: publishedAt, publishedAt, dueAt: endOf("2026-06-11") });
    expect(toDo(published, at("2026-06-20T00:00"))).toEqual([
      ...["more_invited", "last_invited", "quorum", "window_ended"],
    ]);
  });
});

test("every moment that changes nothing is an event of its own name", () => {
  expect(Object.keys(TICKS).filter((tick) => !(TELLING as string[]).includes(tick))).toEqual([
    "taking_ended",
    "wait_ended",
    "more_invited",
    "last_invited",
    "quorum",
    "window_ended",
  ]);
});

describe("in a city that turns its clocks", () => {
  const there = berlin(city.calendar);

  test("reminders come at nine by the wall, whatever the hour elsewhere", () => {
    const report = aReport({
      status: "assigned",
      statusAt: new Date("2026-03-20T12:00:00Z"),
      dueAt: new Date("2026-03-31T22:00:00Z"),
    });
    expect(dueTicks(report, there, FAR).map(({ tick, at: moment }) => `${tick} ${moment.toISOString()}`)).toEqual([
      "due_in_three_days 2026-03-27T08:00:00.000Z",
      "due_tomorrow 2026-03-30T07:00:00.000Z",
      "due_today 2026-03-31T07:00:00.000Z",
      "overdue 2026-03-31T22:00:00.000Z",
      "overdue_escalated 2026-04-03T22:00:00.000Z",
    ]);
  });

  test("48 hours are 48 hours, also over the short day", () => {
    const publishedAt = new Date("2026-03-28T20:00:00Z");
    const dueAt = new Date("2026-04-07T22:00:00Z");
    const due = dueTicks(aReport({ status: "published", statusAt: publishedAt, publishedAt, dueAt }), there, FAR);
    expect(due.find(({ tick }) => tick === "quorum")).toEqual({ tick: "quorum", at: new Date("2026-03-30T20:00:00Z") });
  });
});

describe("whatever the report, the calendar and the zone,", () => {
  const anyReport: fc.Arbitrary<Ticking> = fc
    .record({
      status: fc.constantFrom(...TICKING_STATUSES),
      statusAt: anyMoment,
      hours: fc.integer({ min: -100, max: 400 }),
      takenMinutes: fc.option(fc.integer({ min: 1, max: 10_000 })),
    })
    .map(({ status, statusAt, hours, takenMinutes }) => ({
      status,
      statusAt,
      dueAt: new Date(statusAt.getTime() + hours * 3_600_000),
      publishedAt: status === "published" ? statusAt : null,
      takenUntil: takenMinutes === null ? null : new Date(statusAt.getTime() + takenMinutes * 60_000),
      tickedAt: null,
    }));

  /** Stops at each next moment, as a sweep that is never late. */
  const walk = (report: Ticking, where: typeof city): { tick: string; at: number }[] => {
    const next = nextTickAt(report, where);
    if (next === null) return [];
    const due = dueTicks(report, where, next).map(({ tick, at: moment }) => ({ tick, at: moment.getTime() }));
    return [...due, ...walk({ ...report, tickedAt: next }, where)];
  };

  test("every moment is stopped at once, in order, and none is left out", () => {
    fc.assert(
      fc.property(anyCity, anyReport, (where, report) => {
        const seen = walk(report, { ...city, ...where });
        const all = dueTicks(report, where, FAR).map(({ tick, at: moment }) => ({ tick, at: moment.getTime() }));
        expect(seen).toEqual(all);
        expect(new Set(seen.map(({ tick }) => tick)).size).toBe(seen.length);
        expect(seen.map(({ at: moment }) => moment)).toEqual(
          seen.map(({ at: moment }) => moment).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  test("an outage of any length leaves out only reminders that something newer has overtaken", () => {
    fc.assert(
      fc.property(anyCity, anyReport, anyMoment, (where, report, now) => {
        const due = dueTicks(report, where, now);
        const toDo = ticksToDo(due);
        const isReminder = (tick: keyof typeof TICKS): boolean => "isReminder" in TICKS[tick];
        expect(toDo.filter((tick) => !isReminder(tick))).toEqual(
          due.map(({ tick }) => tick).filter((tick) => !isReminder(tick)),
        );
        expect(toDo.filter(isReminder).length).toBeLessThanOrEqual(1);
        expect(toDo.at(-1)).toBe(due.at(-1)?.tick);
      }),
    );
  });
});
