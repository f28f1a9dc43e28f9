/** Cities with calendars that dates are counted in: real ones, and any that a city file could hold. */
import { Temporal } from "temporal-polyfill";
import fc from "fast-check";
import { readCalendar } from "../../src/city/read-calendar.ts";
import type { Calendar } from "../../src/city/schema.ts";
import type { DueCity } from "../../src/report/due.ts";

/** Russia's year 2024, the last one with working Saturdays (PRODUCT.md). */
export const moscow2024: DueCity = {
  timeZone: "Europe/Moscow",
  calendar: readCalendar({
    "calendar.yaml": {
      weekend: [6, 7],
      years: {
        "2024": {
          source: "Government decree 1314 of 10 August 2023",
          preliminary: false,
          daysOff: ["01-01..01-08", "02-23", "03-08", "04-29..05-01", "05-09..05-10", "06-12", "11-04", "12-30..12-31"],
          workingDays: ["04-27", "11-02", "12-28"],
        },
      },
    },
  }).calendar,
};

/** A city that turns its clocks: on 29 March and 25 October 2026, on Sundays. */
export const berlin = (calendar: Calendar): DueCity => ({ timeZone: "Europe/Berlin", calendar });

/** Without summer time, with it, and where it begins at midnight, so that a day has no 00:00. */
const ZONES = ["Europe/Moscow", "Europe/Berlin", "America/Santiago", "Asia/Kathmandu"];

const WEEKENDS: number[][] = [[6, 7], [5, 6], [7], [1, 4]];
const YEAR = 2026;
const FIRST = Temporal.PlainDate.from({ year: YEAR, month: 1, day: 1 });
const dayOfYear = fc.integer({ min: 0, max: 364 }).map((days) => FIRST.add({ days }));

/** Any calendar of 2026 that a city file may hold: weekends on any days, holidays anywhere, weekend days that are worked. */
export const anyCity: fc.Arbitrary<DueCity> = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    weekend: fc.constantFrom(...WEEKENDS),
    marked: fc.uniqueArray(dayOfYear, { maxLength: 90, selector: String }),
    worked: fc.array(fc.boolean(), { minLength: 90, maxLength: 90 }),
  })
  .map(({ timeZone, weekend, marked, worked }) => {
    const isWorked = (day: Temporal.PlainDate, i: number): boolean =>
      worked[i] === true && weekend.includes(day.dayOfWeek);
    const calendar: Calendar = {
      weekend: new Set(weekend),
      years: new Map([
        [
          YEAR,
          {
            year: YEAR,
            preliminary: false,
            daysOff: new Set(marked.filter((day, i) => !isWorked(day, i)).map(String)),
            workingDays: new Set(marked.filter(isWorked).map(String)),
          },
        ],
      ]),
    };
    return { timeZone, calendar };
  });

/** Any moment from shortly before to shortly after that year. */
export const anyMoment: fc.Arbitrary<Date> = fc.date({
  min: new Date("2025-12-01T00:00:00Z"),
  max: new Date("2027-01-20T00:00:00Z"),
  noInvalidDate: true,
});
