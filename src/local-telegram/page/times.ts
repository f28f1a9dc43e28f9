/** Dates and times as a chat shows them, in the reader's language. */
import { locale, t } from "./strings.ts";

const toDate = (seconds: number): Date => new Date(seconds * 1000);

/** `14:05`, from a Bot API date (Unix seconds). */
export const clockTime = (seconds: number): string =>
  new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(toDate(seconds));

/** A key that is equal for two moments of the same day. */
export const dayKey = (seconds: number): string => toDate(seconds).toDateString();

/** «Сегодня», «Вчера», «3 мая», with the year when it is another one. */
export const dayTitle = (seconds: number, now: Date): string => {
  const day = toDate(seconds);
  if (day.toDateString() === now.toDateString()) return t("today");
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (day.toDateString() === before.toDateString()) return t("yesterday");
  const sameYear = day.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale(), {
    day: "numeric",
    month: "long",
    ...(!sameYear && { year: "numeric" }),
  }).format(day);
};

/** Full date and time, for a tooltip. */
export const fullTime = (seconds: number): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "medium" }).format(toDate(seconds));
