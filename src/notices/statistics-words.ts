/** Figures of the statistics as people read them: one way for the page, the picture and the chat. */
import { Temporal } from "temporal-polyfill";
import { FEWEST_FOR_PERCENT, percentOf, type Figures, type Month, type Share } from "../report/statistics.ts";
import type { Months } from "../report/statistics-period.ts";
import type { Reading } from "./dates.ts";
import { dateFormat, numberFormat } from "./formats.ts";
import { agencyName, districtName } from "./report-words.ts";

type Words = Pick<Reading, "i18n" | "locale">;

/** «1 204», «4,5». */
export const numberInWords = (words: Words, value: number): string => numberFormat(words).format(value);

const partsOf = (words: Words, month: Month, options: Intl.DateTimeFormatOptions): Record<string, string> => {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).toZonedDateTime("UTC").epochMilliseconds;
  const format = dateFormat(words, { ...options, timeZone: "UTC" });
  return Object.fromEntries(format.formatToParts(first).map(({ type, value }) => [type, value]));
};

// Put together by hand, because Russian adds «г.» to a month with its year.
const monthAndYear = (words: Words, month: Month, options: Intl.DateTimeFormatOptions): string => {
  const { month: name = "", year = "" } = partsOf(words, month, { ...options, year: "numeric" });
  return `${name} ${year}`;
};

/** «ноябрь 2026». */
export const monthInWords = (words: Words, month: Month): string => monthAndYear(words, month, { month: "long" });

/** «нояб.», for an axis. */
export const shortMonth = (words: Words, month: Month): string =>
  partsOf(words, month, { month: "short" })["month"] ?? month;

/** The months after a «поданных»: «за ноябрь 2026», «с декабря 2025 по ноябрь 2026 включительно», «за всё время». */
export const duringMonths = (words: Words, { from, to }: Months): string => {
  const { i18n, locale } = words;
  if (from === undefined) return i18n.t(locale, "stats:period.in.all");
  if (from === to) return i18n.t(locale, "stats:period.in.month", { from: monthInWords(words, from) });
  // Beside a day a month stands in the case that «с» wants.
  const after = monthAndYear(words, from, { day: "numeric", month: "long" });
  return i18n.t(locale, "stats:period.in.months", { from: after, to: monthInWords(words, to) });
};

/** The months as a heading: «ноябрь 2026», «декабрь 2025 – ноябрь 2026», «за всё время». */
export const monthsInWords = (words: Words, { from, to }: Months): string => {
  const { i18n, locale } = words;
  if (from === undefined) return i18n.t(locale, "stats:period.title.all");
  const named = { from: monthInWords(words, from), to: monthInWords(words, to) };
  return i18n.t(locale, from === to ? "stats:period.title.month" : "stats:period.title.months", named);
};

/** The whole city, or the agency or district by name. */
export const scopeInWords = (
  reading: Pick<Reading, "i18n" | "locale" | "city">,
  { agencyId, districtId }: { agencyId?: string | undefined; districtId?: string | undefined },
): string => {
  const { i18n, locale } = reading;
  const agency = agencyId === undefined ? null : agencyName(reading, agencyId);
  const district = districtId === undefined ? null : districtName(reading, districtId);
  if (agency !== null && district !== null) return i18n.t(locale, "stats:scope.both", { agency, district });
  const name = agency ?? district;
  return name === null ? i18n.t(locale, "stats:scope.all") : i18n.t(locale, "stats:scope.one", { name });
};

/** «78 %»; with too few cases that they are too few, and of nothing a dash. */
export const percentInWords = (words: Words, share: Share): string => {
  const { i18n, locale } = words;
  if (share.of === 0) return i18n.t(locale, "stats:share.none");
  const percent = percentOf(share);
  return percent === null ? i18n.t(locale, "stats:share.few") : i18n.t(locale, "stats:share.percent", { percent });
};

/** «781 из 1 000». */
export const ofInWords = (words: Words, { part, of }: Share): string =>
  words.i18n.t(words.locale, "stats:share.of", { part: numberInWords(words, part), of: numberInWords(words, of) });

/** The median in days, «4,5 дня», or «меньше дня»; with too few answers that they are too few, and of none a dash. */
export const medianInWords = (words: Words, { median, of }: Figures["days"]): string => {
  const { i18n, locale } = words;
  if (median === null) return i18n.t(locale, "stats:share.none");
  if (of < FEWEST_FOR_PERCENT) return i18n.t(locale, "stats:share.few");
  if (median === 0) return i18n.t(locale, "stats:same_day");
  return i18n.t(locale, "stats:days", { count: median, days: numberInWords(words, median) });
};
