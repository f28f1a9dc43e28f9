/** Months of the past as people type them. */
import type { Temporal } from "temporal-polyfill";
import { wordsOf } from "./fold.ts";
import { monthOf } from "./read-day.ts";

/** `YYYY-MM`, both included; `from` is absent where it begins with the very first. */
export type TypedMonths = { from?: string; to: string };

type Calendar = { locales: readonly string[]; today: Temporal.PlainDate };

const BETWEEN = /\s*(?:\.\.|[–—]|\s[-]\s|\s(?:по|to|until)\s)\s*/i;

/** Words for periods that end with this month, and how many months they have; null for all there are. */
const NAMED = new Map<string, number | null>(
  Object.entries({ месяц: 1, month: 1, год: 12, year: 12, все: null, all: null }),
);

/**
 * The months a text names, nothing else in it: «месяц», «год», «всё», «2026», «ноябрь», «ноябрь 2025», «2026-11», «11.2026»,
 * «2026-01..2026-06», «май – август». Without a year the last such month, this one included. Null for anything else.
 */
export const readMonths = (text: string, calendar: Calendar): TypedMonths | null => {
  const now = calendar.today.toPlainYearMonth();
  const named = namedIn(text);
  if (named !== undefined) {
    const to = now.toString();
    return named === null ? { to } : { from: now.subtract({ months: named - 1 }).toString(), to };
  }
  if (/^\s*20\d\d\s*$/.test(text)) return { from: `${text.trim()}-01`, to: `${text.trim()}-12` };
  const [first = "", second, ...more] = text
    .trim()
    .replace(/^(?:с|from)\s+/i, "")
    .split(BETWEEN);
  if (more.length > 0) return null;
  const to = readMonth(second ?? first, calendar);
  if (to === null) return null;
  if (second === undefined) return { from: to.toString(), to: to.toString() };
  // «ноябрь – январь 2026»: the first is the last such month before the second.
  const from = readMonth(first, { ...calendar, today: to.toPlainDate({ day: 1 }) });
  return from === null || from.toString() > to.toString() ? null : { from: from.toString(), to: to.toString() };
};

/** «этот месяц», «за год», «всё время»; undefined where none of them is named. */
const namedIn = (text: string): number | null | undefined => {
  const words = wordsOf(text).filter((word) => !["за", "этот", "время", "this", "time"].includes(word));
  const [only, ...others] = words;
  if (only === undefined || others.length > 0) return undefined;
  return NAMED.get(only);
};

const readMonth = (text: string, { locales, today }: Calendar): Temporal.PlainYearMonth | null => {
  const digits = /^(?:(20\d\d)[-.](\d{1,2})|(\d{1,2})[./](20\d\d))$/.exec(text.trim());
  if (digits !== null) return toMonth(Number(digits[1] ?? digits[4]), Number(digits[2] ?? digits[3]), today);
  const [name, year, ...more] = wordsOf(text);
  if (name === undefined || more.length > 0 || (year !== undefined && !/^20\d\d$/.test(year))) return null;
  const month = monthOf(name, locales);
  if (month === null) return null;
  if (year !== undefined) return toMonth(Number(year), month, today);
  return toMonth(month > today.month ? today.year - 1 : today.year, month, today);
};

const toMonth = (year: number, month: number, today: Temporal.PlainDate): Temporal.PlainYearMonth | null =>
  month < 1 || month > 12 ? null : today.with({ year, month, day: 1 }).toPlainYearMonth();
