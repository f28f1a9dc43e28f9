/** When something is due, counted once and kept with everything a person needs to retrace it. */
import { Temporal } from "temporal-polyfill";
import { addDays } from "../city/calendar.ts";
import { cityDate, endOfDay } from "../city/city-time.ts";
import { toDate, toInstant } from "../city/instant.ts";
import type { City, Days } from "../city/schema.ts";

/** A promised date. Days are `YYYY-MM-DD` in the city; plain JSON, because it is stored with the event that made it. */
export type Due = Days & {
  /** ISO moment: 24:00 city time of `to`. What happens before it is in time. */
  readonly dueAt: string;
  /** The day counted from, which itself does not count. */
  readonly from: string;
  /** The last day. */
  readonly to: string;
  /** Holidays and moved days off passed over, in order; plain weekends are only told by `weekends`. */
  readonly skipped: readonly string[];
  readonly weekends: boolean;
  /** Days of a weekend that counted because the calendar has them worked. */
  readonly worked: readonly string[];
};

/** The parts of a city that dates depend on. */
export type DueCity = Pick<City, "calendar" | "timeZone">;

/** The date `days` after the city's day of `from`. */
export const dueOn = (city: DueCity, days: Days, from: Date): Due => daysAfter(city, days, cityDate(city, from));

/** The date `days` after a day of the city, which itself does not count. */
export const daysAfter = (city: DueCity, days: Days, day: Temporal.PlainDate): Due => {
  const counted = addDays(city.calendar, day, days);
  return {
    count: days.count,
    kind: days.kind,
    dueAt: endOfDay(city, counted.date).toISOString(),
    from: day.toString(),
    to: counted.date.toString(),
    skipped: counted.skipped.map(toIso),
    weekends: counted.weekends,
    worked: counted.worked.map(toIso),
  };
};

/** The moment at which a promised date is over. */
export const endOf = (due: Due): Date => toDate(Temporal.Instant.from(due.dueAt));

/** Moderation has one working day from submission. */
export const moderationDue = (city: DueCity, submittedAt: Date): Due =>
  dueOn(city, { count: 1, kind: "working" }, submittedAt);

/** Whoever is asked something has three days to reply. */
export const replyDue = (city: DueCity, askedAt: Date): Due => dueOn(city, { count: 3, kind: "calendar" }, askedAt);

/** An editor's check of an answer has one working day from when it was sent. */
export const answerCheckDue = (city: DueCity, sentAt: Date): Due => dueOn(city, { count: 1, kind: "working" }, sentAt);

/** Residents look at a published answer until the end of the tenth day after publication. */
export const verificationDue = (city: DueCity, publishedAt: Date): Due =>
  dueOn(city, { count: 10, kind: "calendar" }, publishedAt);

/** The last day on which something due at this moment is still in time. */
export const lastDayOf = (city: Pick<City, "timeZone">, dueAt: Date): Temporal.PlainDate =>
  cityDate(city, toDate(toInstant(dueAt).subtract({ milliseconds: 1 })));

const toIso = (date: Temporal.PlainDate): string => date.toString();
