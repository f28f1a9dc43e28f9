/** The hours in which nobody is rung up who need not be. */
import { Temporal } from "temporal-polyfill";
import { cityDate, cityMoment, cityTime } from "../city/city-time.ts";
import type { City } from "../city/schema.ts";

const EVENING = Temporal.PlainTime.from("22:00");
const MORNING = Temporal.PlainTime.from("08:00");

/** The moment itself by day; from 22:00 to 08:00 city time the end of the night. */
export const outOfTheNight = (city: Pick<City, "timeZone">, now: Date): Date => {
  const [date, time] = [cityDate(city, now), cityTime(city, now)];
  if (Temporal.PlainTime.compare(time, MORNING) < 0) return cityMoment(city, date, MORNING);
  if (Temporal.PlainTime.compare(time, EVENING) < 0) return now;
  return cityMoment(city, date.add({ days: 1 }), MORNING);
};
