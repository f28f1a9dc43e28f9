/**
 * The city's calendar once more, written down from PRODUCT.md and not from the city's file: what the tally counts days by. Moscow has no
 * summer time, so a day there is 24 hours and three ahead of London.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AHEAD_MS = 3 * HOUR_MS;

/** Days off of 2026 besides weekends; there are no working Saturdays. */
const DAYS_OFF = new Set(
  ["01-01", "01-02", "01-05", "01-06", "01-07", "01-08", "01-09", "02-23", "03-09"]
    .concat("05-01", "05-11", "06-12", "11-04", "12-31")
    .map((day) => `2026-${day}`),
);

/** The day on the wall there, `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => new Date(moment.getTime() + AHEAD_MS).toISOString().slice(0, 10);

/** So many days later. */
export const daysLater = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);

/** An hour of the day there; 24 is the end of it. */
export const hourOf = (day: string, hour: number): Date => new Date(Date.parse(day) + hour * HOUR_MS - AHEAD_MS);

const isWorked = (day: string): boolean => {
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !DAYS_OFF.has(day);
};

/** Counts days on, working or calendar ones; the first itself does not count. */
export const count = (from: string, days: { count: number; kind: "working" | "calendar" }): string => {
  if (days.kind === "calendar") return daysLater(from, days.count);
  let day = from;
  for (let left = days.count; left > 0;) {
    day = daysLater(day, 1);
    if (isWorked(day)) left -= 1;
  }
  return day;
};

/** How many days of the kind are after `from` up to and with `to`. */
export const countBetween = (from: string, to: string, kind: "working" | "calendar"): number => {
  let found = 0;
  for (let day = daysLater(from, 1); day <= to; day = daysLater(day, 1)) {
    if (kind === "calendar" || isWorked(day)) found += 1;
  }
  return found;
};

/** Whoever asked for a digest reads it at nine. */
export const byDigest = (moment: Date): Date => {
  const nine = hourOf(dayOf(moment), 9);
  return moment <= nine ? nine : hourOf(daysLater(dayOf(moment), 1), 9);
};

/** Residents sleep from 22:00 to 08:00: when they are told what came up at this moment. */
export const byDay = (moment: Date): Date => {
  const day = dayOf(moment);
  if (moment < hourOf(day, 8)) return hourOf(day, 8);
  return moment < hourOf(day, 22) ? moment : hourOf(daysLater(day, 1), 8);
};
