import { Temporal } from "temporal-polyfill";
import type { Calendar, Days } from "./schema.ts";

/** A date found by counting, with what a person needs to retrace it. */
export type CountedDays = {
  readonly date: Temporal.PlainDate;
  /** Days off that were passed over and are not just a weekend: holidays and moved days off, in order. */
  readonly skipped: readonly Temporal.PlainDate[];
  /** A weekend was passed over too. */
  readonly weekends: boolean;
  /** Days of a weekend that counted, because the calendar has them worked. */
  readonly worked: readonly Temporal.PlainDate[];
};

const isWeekend = (calendar: Calendar, date: Temporal.PlainDate): boolean => calendar.weekend.has(date.dayOfWeek);

/** Moved days are looked at before the weekday; a year the calendar does not know has plain weekends only. */
export const isWorkingDay = (calendar: Calendar, date: Temporal.PlainDate): boolean => {
  const year = calendar.years.get(date.year);
  if (year?.workingDays.has(date.toString())) return true;
  if (year?.daysOff.has(date.toString())) return false;
  return !isWeekend(calendar, date);
};

/** The `count`-th working day after `from`, which itself never counts; `count` is a whole number, 0 gives `from` back. */
export const addWorkingDays = (calendar: Calendar, from: Temporal.PlainDate, count: number): CountedDays => {
  const skipped: Temporal.PlainDate[] = [];
  const worked: Temporal.PlainDate[] = [];
  let weekends = false;
  let date = from;
  for (let left = count; left > 0;) {
    date = date.add({ days: 1 });
    const weekend = isWeekend(calendar, date);
    if (isWorkingDay(calendar, date)) {
      left -= 1;
      if (weekend) worked.push(date);
    } else if (weekend) weekends = true;
    else skipped.push(date);
  }
  return { date, skipped, weekends, worked };
};

/** The day itself, or else the last working day before it. */
export const workingDayUpTo = (calendar: Calendar, day: Temporal.PlainDate): Temporal.PlainDate => {
  let date = day;
  while (!isWorkingDay(calendar, date)) date = date.subtract({ days: 1 });
  return date;
};

/** Adds a topic's days, working or calendar ones, to the day it was assigned. */
export const addDays = (calendar: Calendar, from: Temporal.PlainDate, days: Days): CountedDays => {
  switch (days.kind) {
    case "working":
      return addWorkingDays(calendar, from, days.count);
    case "calendar":
      return { date: from.add({ days: days.count }), skipped: [], weekends: false, worked: [] };
  }
};

/** Working days after `from` up to and including `to`; 0 when `to` is not later, so it also tells how many days are left. */
export const workingDaysBetween = (calendar: Calendar, from: Temporal.PlainDate, to: Temporal.PlainDate): number => {
  let count = 0;
  for (let date = from.add({ days: 1 }); Temporal.PlainDate.compare(date, to) <= 0; date = date.add({ days: 1 }))
    if (isWorkingDay(calendar, date)) count += 1;
  return count;
};
