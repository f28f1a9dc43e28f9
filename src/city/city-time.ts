import type { Temporal } from "temporal-polyfill";
import { toDate, toInstant } from "./instant.ts";
import type { City } from "./schema.ts";

type Zone = Pick<City, "timeZone">;

const toZoned = (city: Zone, now: Date): Temporal.ZonedDateTime => toInstant(now).toZonedDateTimeISO(city.timeZone);

/** The date on the city's wall calendar at this moment. */
export const cityDate = (city: Zone, now: Date): Temporal.PlainDate => toZoned(city, now).toPlainDate();

/** The time on the city's wall clock at this moment. */
export const cityTime = (city: Zone, now: Date): Temporal.PlainTime => toZoned(city, now).toPlainTime();

/** The moment the city's wall clock shows this date and time; a time skipped by summer time is the one right after. */
export const cityMoment = (city: Zone, date: Temporal.PlainDate, time: Temporal.PlainTime): Date =>
  toDate(date.toZonedDateTime({ timeZone: city.timeZone, plainTime: time }));

/** The first moment of the date in the city. */
export const startOfDay = (city: Zone, date: Temporal.PlainDate): Date => toDate(date.toZonedDateTime(city.timeZone));

/** 24:00 city time, i.e. the first moment that is no longer this date: what happened earlier was in time. */
export const endOfDay = (city: Zone, date: Temporal.PlainDate): Date => startOfDay(city, date.add({ days: 1 }));
