/** When a person is told something: at once, out of their quiet hours, or with everything else once a morning. */
import { Temporal } from "temporal-polyfill";
import { cityDate, cityMoment, cityTime } from "../city/city-time.ts";
import type { City } from "../city/schema.ts";
import { NIGHT, type QuietHours } from "./quiet-hours.ts";
import { MORNING } from "./ticks.ts";

type Zoned = Pick<City, "timeZone">;

/** `now`: at any hour. `day`: not in the reader's quiet hours. `news`: the same, and for whoever asked for a digest, in the next one. */
export type Urgency = "now" | "day" | "news";

/** How somebody wants to be told of a report: `quiet` null, it is never quiet; `isMuted`, only what needs them. */
export type Habit = { quiet: QuietHours | null; isMuted: boolean; wantsDigest: boolean };

/** When somebody with these habits is told what came up now; everybody has a night, and nobody a digest, unless they chose otherwise. */
export const toldAt = (
  city: Zoned,
  now: Date,
  urgency: Urgency,
  { quiet, wantsDigest }: Omit<Habit, "isMuted"> = { quiet: NIGHT, wantsDigest: false },
): Date => {
  switch (urgency) {
    case "now":
      return now;
    case "day":
      return outOfTheNight(city, now, quiet);
    case "news":
      return wantsDigest ? nextDigestAt(city, now, quiet) : outOfTheNight(city, now, quiet);
  }
};

/** The moment itself, or the end of the quiet hours it lies in, by the city's clock; null: it is never quiet. */
export const outOfTheNight = (city: Zoned, now: Date, quiet: QuietHours | null = NIGHT): Date => {
  const { hour } = cityTime(city, now);
  if (quiet === null || !isQuiet(hour, quiet)) return now;
  const today = cityDate(city, now);
  return atHour(city, quiet.from > quiet.until && hour >= quiet.from ? today.add({ days: 1 }) : today, quiet.until);
};

/** The hour of the city's day at which a digest comes: when people get up, or once it is no longer quiet. */
export const digestHour = (quiet: QuietHours | null): number =>
  quiet !== null && isQuiet(MORNING.hour, quiet) ? quiet.until : MORNING.hour;

const nextDigestAt = (city: Zoned, now: Date, quiet: QuietHours | null): Date => {
  const today = cityDate(city, now);
  const hour = digestHour(quiet);
  const todays = atHour(city, today, hour);
  return now <= todays ? todays : atHour(city, today.add({ days: 1 }), hour);
};

const isQuiet = (hour: number, { from, until }: QuietHours): boolean =>
  from > until ? hour >= from || hour < until : hour >= from && hour < until;

const atHour = (city: Zoned, day: Temporal.PlainDate, hour: number): Date =>
  cityMoment(city, day, Temporal.PlainTime.from({ hour }));
