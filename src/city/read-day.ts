/** Days as people type them. */
import { Temporal } from "temporal-polyfill";
import { wordsOf } from "./fold.ts";

/** Fewer letters of a month's name may mean two. */
const MONTH_LETTERS = 3;

/**
 * The day a short text names: «до 15 декабря», «15.12», «15.12.2026», «December 15». Without a year it is the next such day, today
 * included. Null for anything else and for days no calendar has.
 */
export const readDay = (
  text: string,
  { locales, today }: { locales: readonly string[]; today: Temporal.PlainDate },
): Temporal.PlainDate | null => {
  const digits = /(?<!\d)(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?(?!\d)/.exec(text);
  if (digits !== null) return toDay(Number(digits[1]), Number(digits[2]), toYear(digits[3]), today);
  const words = wordsOf(text);
  const day = words.find((word) => /^\d{1,2}$/.test(word));
  const month = words.map((word) => monthOf(word, locales)).find((found) => found !== null) ?? null;
  const year = words.find((word) => /^20\d\d$/.test(word));
  return day === undefined || month === null ? null : toDay(Number(day), month, toYear(year), today);
};

const toYear = (digits: string | undefined): number | null => {
  if (digits === undefined) return null;
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
};

const toDay = (
  day: number,
  month: number,
  year: number | null,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null => {
  try {
    const named = Temporal.PlainDate.from({ year: year ?? today.year, month, day }, { overflow: "reject" });
    const isPast = year === null && Temporal.PlainDate.compare(named, today) < 0;
    return isPast ? named.add({ years: 1 }) : named;
  } catch {
    return null;
  }
};

/** The number of the month that a word, or its beginning, names in one of the languages; null for any other word. */
export const monthOf = (word: string, locales: readonly string[]): number | null => {
  if (word.length < MONTH_LETTERS) return null;
  for (const locale of locales) {
    const month = monthNames(locale).findIndex((names) => names.some((name) => name.startsWith(word)));
    if (month >= 0) return month + 1;
  }
  return null;
};

/** Each month's names, alone and behind a day: «декабрь» and «декабря». */
const monthNames = (locale: string): string[][] => {
  const alone = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  const behind = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, index) => {
    const first = Temporal.PlainDate.from({ year: 2001, month: index + 1, day: 1 });
    const moment = first.toZonedDateTime("UTC").epochMilliseconds;
    const month = behind.formatToParts(moment).find(({ type }) => type === "month")?.value ?? "";
    return [alone.format(moment).toLowerCase(), month.toLowerCase()];
  });
};
