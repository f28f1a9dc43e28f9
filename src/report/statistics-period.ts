/** The months that statistics are asked for, and what a count of them has to know of the city. */
import { Temporal } from "temporal-polyfill";
import { cityDate, startOfDay } from "../city/city-time.ts";
import type { City } from "../city/schema.ts";
import { addMonths, type Month } from "./statistics.ts";

/** Periods that have a name: this month, the last twelve with this one, everything there is. */
export const PERIOD_NAMES = ["month", "year", "all"] as const;
export type PeriodName = (typeof PERIOD_NAMES)[number];

/** Both months belong to it; `from` is absent where it begins with the first report. */
export type Months = { from?: Month | undefined; to: Month };

const YEAR_MONTHS = 12;

/** The city's month of this moment. */
export const monthOf = (city: Pick<City, "timeZone">, now: Date): Month =>
  cityDate(city, now).toPlainYearMonth().toString();

/** The months of a period that has a name. */
export const monthsOf = (city: Pick<City, "timeZone">, name: PeriodName, now: Date): Months => {
  const to = monthOf(city, now);
  switch (name) {
    case "month":
      return { from: to, to };
    case "year":
      return { from: addMonths(to, 1 - YEAR_MONTHS), to };
    case "all":
      return { to };
  }
};

/** The first moment of a month in the city. */
const startOfMonth = (city: Pick<City, "timeZone">, month: Month): Date =>
  startOfDay(city, Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }));

/** What a count needs: the moment it tells of, whose midnights part the days, and since when topics are compared. */
export type Counting = { now: Date; timeZone: string; topicsFrom: Month; topicsFromAt: Date };

/** Topics are compared over the last twelve months: what was repaired years ago says nothing of today. */
export const countingOf = (city: Pick<City, "timeZone">, now: Date): Counting => {
  const topicsFrom = addMonths(monthOf(city, now), 1 - YEAR_MONTHS);
  return { now, timeZone: city.timeZone, topicsFrom, topicsFromAt: startOfMonth(city, topicsFrom) };
};
