/** How long an agency has, as people count it. */
import type { Temporal } from "temporal-polyfill";
import { workingDaysBetween } from "../city/calendar.ts";
import { cityDate } from "../city/city-time.ts";
import { lastDayOf } from "../report/due.ts";
import type { Reading } from "./dates.ts";

/** «осталось 3 рабочих дня», «сегодня последний день», «просрочено на 2 дня». */
export const daysLeftInWords = ({ i18n, locale, city, now }: Reading, dueAt: Date): string => {
  const today = cityDate(city, now);
  const lastDay: Temporal.PlainDate = lastDayOf(city, dueAt);
  const { days } = today.until(lastDay);
  if (days < 0) return i18n.t(locale, "officer:left.overdue", { count: -days });
  if (days === 0) return i18n.t(locale, "officer:left.today");
  const working = workingDaysBetween(city.calendar, today, lastDay);
  // A date on a weekend, as topics with calendar days have it, may be near without a working day before it.
  return working > 0
    ? i18n.t(locale, "officer:left.working", { count: working })
    : i18n.t(locale, "officer:left.calendar", { count: days });
};
