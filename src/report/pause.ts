/** How long an agency's clock stood still, and where its date goes. */
import { workingDaysBetween } from "../city/calendar.ts";
import { cityDate } from "../city/city-time.ts";
import { toDate, toInstant } from "../city/instant.ts";
import type { Days } from "../city/schema.ts";
import { dueOn, type Due, type DueCity } from "./due.ts";

/** A pause that is over. Days are `YYYY-MM-DD` in the city; plain JSON, because it is stored with the event that ended it. */
export type Pause = {
  readonly from: string;
  readonly to: string;
  /** The new date, counted from the old one: as many days later as the pause took. */
  readonly due: Due;
};

/**
 * The agency gets back every day on which it could not work: the days after the one on which the question was asked, up to and with the
 * one on which the waiting ended; only working days where its days are working days. What begins and ends on one day moves nothing.
 */
export const pauseOf = (
  city: DueCity,
  { pausedAt, handlingDueAt }: { pausedAt: Date; handlingDueAt: Date },
  kind: Days["kind"],
  now: Date,
): Pause => {
  const [from, to] = [cityDate(city, pausedAt), cityDate(city, now)];
  const count = kind === "working" ? workingDaysBetween(city.calendar, from, to) : from.until(to).days;
  const lastDay = toDate(toInstant(handlingDueAt).subtract({ milliseconds: 1 }));
  return { from: from.toString(), to: to.toString(), due: dueOn(city, { count, kind }, lastDay) };
};
