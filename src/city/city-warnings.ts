import { cityDate } from "./city-time.ts";
import type { City } from "./schema.ts";

/** Nothing that stops the city from working, but something an admin must do. Dates are ISO. */
export type CityWarning =
  | { readonly kind: "calendar_ends"; readonly lastDay: string; readonly daysLeft: number }
  | { readonly kind: "calendar_preliminary"; readonly year: number };

/** Due dates reach this far: later it would be counted with plain weekends. */
const CALENDAR_AHEAD_DAYS = 60;

/** The calendar ends within 60 days (`daysLeft` is negative once it has), or this or a later year is still preliminary. */
export const cityWarnings = (city: Pick<City, "calendar" | "timeZone">, now: Date): CityWarning[] => {
  const today = cityDate(city, now);
  const years = [...city.calendar.years.values()].toSorted((a, b) => a.year - b.year);
  const lastDay = today.with({ year: years.at(-1)?.year ?? today.year - 1, month: 12, day: 31 });
  const daysLeft = today.until(lastDay, { largestUnit: "days" }).days;
  return [
    ...(daysLeft < CALENDAR_AHEAD_DAYS
      ? [{ kind: "calendar_ends" as const, lastDay: lastDay.toString(), daysLeft }]
      : []),
    ...years
      .filter(({ year, preliminary }) => preliminary && year >= today.year)
      .map(({ year }) => ({ kind: "calendar_preliminary" as const, year })),
  ];
};
