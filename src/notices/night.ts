/** The hours in which nobody is rung up who need not be. */
import { cityDate, cityMoment, cityTime } from "../city/city-time.ts";
import { Temporal } from "temporal-polyfill";
import type { City } from "../city/schema.ts";
import { NIGHT, type QuietHours } from "../report/quiet-hours.ts";

/** The moment itself, or the end of the quiet hours it lies in, by the city's clock; null: it is never quiet. */
export const outOfTheNight = (city: Pick<City, "timeZone">, now: Date, quiet: QuietHours | null = NIGHT): Date => {
  if (quiet === null) return now;
  const { hour } = cityTime(city, now);
  const today = cityDate(city, now);
  const isOverMidnight = quiet.from > quiet.until;
  const isQuiet = isOverMidnight ? hour >= quiet.from || hour < quiet.until : hour >= quiet.from && hour < quiet.until;
  if (!isQuiet) return now;
  const day = isOverMidnight && hour >= quiet.from ? today.add({ days: 1 }) : today;
  return cityMoment(city, day, Temporal.PlainTime.from({ hour: quiet.until }));
};
