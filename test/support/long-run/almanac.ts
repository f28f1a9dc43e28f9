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

/** Whether people work on this day. */
export const isWorked = (day: string): boolean => {
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !DAYS_OFF.has(day);
};

/** The last day up to this one on which people work. */
export const workedUpTo = (day: string): string => (isWorked(day) ? day : workedUpTo(daysLater(day, -1)));

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

/** Whole hours in which somebody is left in peace, over midnight or not; null: never. */
export type Quiet = { from: number; until: number } | null;

/** Everybody's, unless they chose others. */
const NIGHT = { from: 22, until: 8 };

/** When whoever has these quiet hours is told what came up at this moment. */
export const byDay = (moment: Date, quiet: Quiet = NIGHT): Date => {
  if (quiet === null) return moment;
  const day = dayOf(moment);
  const [begins, ends] = [hourOf(day, quiet.from), hourOf(day, quiet.until)];
  if (quiet.from < quiet.until) return moment < begins || moment >= ends ? moment : ends;
  if (moment < ends) return ends;
  return moment < begins ? moment : hourOf(daysLater(day, 1), quiet.until);
};

/** Whoever asked for a digest reads it at nine, or when it is no longer quiet for them. */
export const byDigest = (moment: Date, quiet: Quiet = NIGHT): Date => {
  const onDay = (day: string): Date => byDay(hourOf(day, 9), quiet);
  const today = onDay(dayOf(moment));
  return moment <= today ? today : onDay(daysLater(dayOf(moment), 1));
};
