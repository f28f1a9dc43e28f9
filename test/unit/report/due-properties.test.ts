/** What holds of every date in every calendar and time zone, however they are counted. */
import { Temporal } from "temporal-polyfill";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWorkingDay, workingDaysBetween } from "../../../src/city/calendar.ts";
import { cityDate } from "../../../src/city/city-time.ts";
import type { Days } from "../../../src/city/schema.ts";
import { explainDue } from "../../../src/notices/dates.ts";
import { daysAfter, dueOn, lastDayOf, type Due, type DueCity } from "../../../src/report/due.ts";
import { pauseOf } from "../../../src/report/pause.ts";
import { anyCity, anyMoment, moscow2024 } from "../../support/calendars.ts";
import { city, readingIn } from "../../support/notices.ts";

const anyDays: fc.Arbitrary<Days> = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  kind: fc.constantFrom("working" as const, "calendar" as const),
});
const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);
const isEarlier = (a: string, b: string): boolean => Temporal.PlainDate.compare(day(a), day(b)) < 0;

/** Counts again with nothing but what the explanation says: which days were passed over, which weekend days were worked. */
const retrace = ({ calendar }: DueCity, due: Due): { count: number; to: string } => {
  const [skipped, worked] = [new Set(due.skipped), new Set(due.worked)];
  let [count, to] = [0, due.from];
  for (let next = day(due.from).add({ days: 1 }); !isEarlier(due.to, String(next)); next = next.add({ days: 1 })) {
    const isWeekend = due.kind === "working" && calendar.weekend.has(next.dayOfWeek);
    if (skipped.has(String(next)) || (isWeekend && !worked.has(String(next)))) continue;
    [count, to] = [count + 1, String(next)];
  }
  return { count, to };
};

describe("a due date, in any calendar and zone,", () => {
  test("is never earlier for a later start", () => {
    fc.assert(
      fc.property(anyCity, anyDays, anyMoment, anyMoment, (where, days, one, other) => {
        const [from, later] = one < other ? [one, other] : [other, one];
        expect(isEarlier(dueOn(where, days, later).to, dueOn(where, days, from).to)).toBe(false);
      }),
    );
  });

  test("is never earlier for more days, and later for one working day more", () => {
    fc.assert(
      fc.property(anyCity, anyDays, anyMoment, (where, days, from) => {
        const more = { ...days, count: days.count + 1 };
        expect(isEarlier(dueOn(where, days, from).to, dueOn(where, more, from).to)).toBe(true);
      }),
    );
  });

  test("is never on a day off where working days are counted", () => {
    fc.assert(
      fc.property(anyCity, fc.integer({ min: 1, max: 40 }), anyMoment, (where, count, from) => {
        const due = dueOn(where, { count, kind: "working" }, from);
        expect(isWorkingDay(where.calendar, day(due.to))).toBe(true);
        expect(workingDaysBetween(where.calendar, day(due.from), day(due.to))).toBe(count);
      }),
    );
  });

  test("is over at the first moment of the next day there, and not a millisecond before", () => {
    fc.assert(
      fc.property(anyCity, anyDays, anyMoment, (where, days, from) => {
        const due = dueOn(where, days, from);
        const over = new Date(due.dueAt);
        expect(cityDate(where, new Date(over.getTime() - 1)).toString()).toBe(due.to);
        expect(cityDate(where, over).toString()).toBe(day(due.to).add({ days: 1 }).toString());
        expect(lastDayOf(where, over).toString()).toBe(due.to);
      }),
    );
  });

  test("is what its explanation counts to", () => {
    fc.assert(
      fc.property(anyCity, anyDays, anyMoment, (where, days, from) => {
        const due = dueOn(where, days, from);
        expect(retrace(where, due)).toEqual({ count: days.count, to: due.to });
        const between = (iso: string) => isEarlier(due.from, iso) && isEarlier(iso, due.to);
        expect(due.skipped.every(between)).toBe(true);
        // A weekend is only told of where one was passed over.
        const passedOver = day(due.from).until(day(due.to)).days - days.count - due.skipped.length;
        expect(due.weekends).toBe(passedOver > 0);
      }),
    );
  });
});

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "January February March April May June July August September October November December",
  ].flatMap((names) => names.split(" ").map((name, i) => [name, i + 1])),
);

/** Reads «30 апреля, 1, 9 и 10 мая и выходных» or «5–9 January 2027» as days; a day's number waits for its month. */
const daysIn = (words: string, year: number): string[] => {
  const days: string[] = [];
  let waiting: number[] = [];
  for (const [, first, last, month, said] of words.matchAll(
    /(?:(\d{1,2})(?:–(\d{1,2}))?(?!\d))|(\p{L}+)(?: (\d{4}))?/gu,
  )) {
    if (first !== undefined) {
      const [from, to] = [Number(first), Number(last ?? first)];
      waiting.push(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
    } else if (month !== undefined && MONTHS[month] !== undefined) {
      const at = { year: Number(said ?? year), month: MONTHS[month] };
      days.push(...waiting.map((one) => Temporal.PlainDate.from({ ...at, day: one }).toString()));
      waiting = [];
    }
  }
  return days;
};

const WORDS = {
  ru: /^(\d+) (?<kind>рабоч|д).*? с (?<from>.*?)(?:, без (?<without>.*?))?(?:, считая (?<worked>.*?))? → (?<to>.*)$/u,
  en: /^(\d+) (?<kind>working|day).*? from (?<from>.*?)(?:, not counting (?<without>.*?))?(?:, counting (?<worked>.*?))? → (?<to>.*)$/u,
};

/** Everything a reader learns from the words alone. */
const read = (words: string, locale: keyof typeof WORDS, year: number) => {
  const found = WORDS[locale].exec(words);
  const part = (name: string): string => found?.groups?.[name] ?? "";
  return {
    count: Number(found?.[1]),
    kind: ["рабоч", "working"].includes(part("kind")) ? "working" : "calendar",
    from: daysIn(part("from"), year)[0],
    to: daysIn(part("to"), year)[0],
    skipped: daysIn(part("without"), year),
    weekends: /выходных$|weekends$/u.test(part("without")),
    worked: daysIn(part("worked"), year),
  };
};

test.each(["ru", "en"] as const)(
  "the words of an explanation say all of it: read back in %s they are the date",
  (locale) => {
    const places = [city, moscow2024] as const;
    fc.assert(
      fc.property(fc.constantFrom(...places), anyDays, fc.integer({ min: 0, max: 365 }), (where, days, shift) => {
        const year = where === city ? 2026 : 2024;
        const due = daysAfter(where, days, Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: shift }));
        const reading = readingIn(locale, new Date(`${year}-07-01T12:00:00Z`));
        const { dueAt, ...told } = due;
        expect(read(explainDue(reading, due), locale, year)).toEqual(told);
        expect(lastDayOf(where, new Date(dueAt)).toString()).toBe(told.to);
      }),
      { numRuns: 300 },
    );
  },
);

describe("a pause, in any calendar and zone,", () => {
  const anyPause = fc.record({
    where: anyCity,
    days: anyDays,
    assignedAt: anyMoment,
    waitsHours: fc.integer({ min: 0, max: 400 }),
    lasts: fc.integer({ min: 0, max: 20 }),
  });
  const paused = ({
    where,
    days,
    assignedAt,
    waitsHours,
    lasts,
  }: typeof anyPause extends fc.Arbitrary<infer P> ? P : never) => {
    const handling = dueOn(where, days, assignedAt);
    const pausedAt = new Date(assignedAt.getTime() + waitsHours * 3_600_000);
    const lastDay = cityDate(where, pausedAt).add({ days: lasts });
    const report = { pausedAt, handlingDueAt: new Date(handling.dueAt) };
    return { handling, lastDay, pause: pauseOf(where, report, days.kind, lastDay), report };
  };

  test("moves the date by its own length in the same kind of days", () => {
    fc.assert(
      fc.property(anyPause, (all) => {
        const { handling, pause } = paused(all);
        const long = (from: string, to: string): number =>
          all.days.kind === "working"
            ? workingDaysBetween(all.where.calendar, day(from), day(to))
            : day(from).until(day(to)).days;
        expect(long(handling.to, pause.due.to)).toBe(long(pause.from, pause.to));
        expect(pause.due).toMatchObject({ from: handling.to, kind: all.days.kind });
      }),
    );
  });

  test("never brings a date nearer nor onto a day off, and a longer one never ends earlier", () => {
    fc.assert(
      fc.property(anyPause, (all) => {
        const { handling, pause, report, lastDay } = paused(all);
        expect(isEarlier(pause.due.to, handling.to)).toBe(false);
        const longer = pauseOf(all.where, report, all.days.kind, lastDay.add({ days: 1 }));
        expect(isEarlier(longer.due.to, pause.due.to)).toBe(false);
        if (all.days.kind === "working") expect(isWorkingDay(all.where.calendar, day(pause.due.to))).toBe(true);
      }),
    );
  });

  test("is explained by the days that it gave back", () => {
    fc.assert(
      fc.property(anyPause, (all) => {
        const { pause } = paused(all);
        expect(retrace(all.where, pause.due)).toEqual({ count: pause.due.count, to: pause.due.to });
      }),
    );
  });
});
