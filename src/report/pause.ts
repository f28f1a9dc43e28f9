/** How long an agency's clock stood still, and where its date goes. */
import type { Temporal } from "temporal-polyfill";
import { workingDaysBetween } from "../city/calendar.ts";
import { cityDate } from "../city/city-time.ts";
import type { Days } from "../city/schema.ts";
import { daysAfter, lastDayOf, type Due, type DueCity } from "./due.ts";

/** A pause that is over. Days are `YYYY-MM-DD` in the city; plain JSON, because it is stored with the event that ended it. */
export type Pause = {
  readonly from: string;
  readonly to: string;
  /** The new date, counted from the old one: as many days later as the pause took. */
  readonly due: Due;
};

/**
 * The agency gets back every day on which it could not work: the days after the one on which the question was asked, up to and with
 * `lastDay`, on which the waiting ended; only working days where its days are working days. What begins and ends on one day moves nothing.
 */
export const pauseOf = (
  city: DueCity,
  { pausedAt, handlingDueAt }: { pausedAt: Date; handlingDueAt: Date },
  kind: Days["kind"],
  lastDay: Temporal.PlainDate,
): Pause => {
  const from = cityDate(city, pausedAt);
  const count = kind === "working" ? workingDaysBetween(city.calendar, from, lastDay) : from.until(lastDay).days;
  const due = daysAfter(city, { count, kind }, lastDayOf(city, handlingDueAt));
  return { from: from.toString(), to: lastDay.toString(), due };
};
