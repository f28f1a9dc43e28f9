/** Periods of the past as people type them. */
import { Temporal } from "temporal-polyfill";
import { readDay } from "./read-day.ts";

/** Both days belong to it. */
export type Period = { from: Temporal.PlainDate; to: Temporal.PlainDate };

type Calendar = { locales: readonly string[]; today: Temporal.PlainDate };

const BETWEEN = /\s*(?:\.\.|[–—-]|\s(?:по|to|until)\s)\s*/i;
const ONE_DAY =
  /^(?:\d{1,2}[./]\d{1,2}(?:[./](?:\d{4}|\d{2}))?|\d{1,2} \p{L}+(?: 20\d\d)?|\p{L}+ \d{1,2}(?:,? 20\d\d)?)$/u;
const ISO = /^(\d{4}-\d{2}-\d{2})(?:\s*(?:\.\.|[–—-]|\s)\s*(\d{4}-\d{2}-\d{2}))?$/;
const DAYS_AGO = new Map([
  ["today", 0],
  ["сегодня", 0],
  ["yesterday", 1],
  ["вчера", 1],
]);

/**
 * The days a text names, nothing else in it: «1–15 ноября», «28 октября – 3 ноября», «15.11», «2026-11-01..2026-11-15», «вчера». Without a
 * year the last such days, today included. Null for anything else.
 */
export const readPeriod = (text: string, calendar: Calendar): Period | null => {
  const trimmed = text.trim().replace(/^(?:с|from)\s+/i, "");
  const ago = DAYS_AGO.get(trimmed.toLowerCase());
  if (ago !== undefined) {
    const day = calendar.today.subtract({ days: ago });
    return { from: day, to: day };
  }
  const iso = ISO.exec(trimmed);
  if (iso !== null) return inOrder(toDate(iso[1]), toDate(iso[2] ?? iso[1]));
  const [first = "", second, ...more] = trimmed.split(BETWEEN);
  if (more.length > 0) return null;
  if (second === undefined) return inOrder(pastDay(first, calendar), pastDay(first, calendar));
  const to = pastDay(second, calendar);
  if (to === null) return null;
  if (/^\d{1,2}$/.test(first)) return inOrder(dayOf(to, Number(first)), to);
  const from = pastDay(first, calendar);
  // «28 декабря – 3 января»: the first belongs to the year before.
  const isYearless = !/\d{4}|[./]\d{2}[./]\d{2}$/.test(first);
  if (from !== null && isYearless && Temporal.PlainDate.compare(from, to) > 0) {
    return inOrder(from.subtract({ years: 1 }), to);
  }
  return inOrder(from, to);
};

const pastDay = (text: string, { locales, today }: Calendar): Temporal.PlainDate | null =>
  // The next such day after a year ago is the last one until today.
  ONE_DAY.test(text) ? readDay(text, { locales, today: today.subtract({ years: 1 }).add({ days: 1 }) }) : null;

const dayOf = (month: Temporal.PlainDate, day: number): Temporal.PlainDate | null =>
  day >= 1 && day <= month.daysInMonth ? month.with({ day }) : null;

const toDate = (iso: string | undefined): Temporal.PlainDate | null => {
  try {
    return iso === undefined ? null : Temporal.PlainDate.from(iso, { overflow: "reject" });
  } catch {
    return null;
  }
};

const inOrder = (from: Temporal.PlainDate | null, to: Temporal.PlainDate | null): Period | null =>
  from === null || to === null || Temporal.PlainDate.compare(from, to) > 0 || !isKept(from) || !isKept(to)
    ? null
    : { from, to };

/** Of no other century is there anything to ask about, and a database does not know every year that can be typed. */
const isKept = ({ year }: Temporal.PlainDate): boolean => year >= 2000 && year < 2100;
