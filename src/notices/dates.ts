/** Dates as people say them, in the reader's language. */
import { Temporal } from "temporal-polyfill";
import { cityDate } from "../city/city-time.ts";
import type { City } from "../city/schema.ts";
import type { I18n } from "../i18n/i18n.ts";
import type { Due } from "../report/due.ts";
import { dateFormat, listFormat } from "./formats.ts";

/** Who reads, where and when: all that words for a moment depend on. */
export type Reading = { i18n: I18n; locale: string; city: City; now: Date };

type Options = Intl.DateTimeFormatOptions;
const DAY = { day: "numeric", month: "long" } as const satisfies Options;

/** «13 мая», with the year when it is not the reader's current one. */
export const dayInWords = (reading: Reading, day: Temporal.PlainDate | string): string =>
  daysInWords(reading, [Temporal.PlainDate.from(day)]);

/** «22 ноября в 14:05» by the city's clock. */
export const momentInWords = (reading: Reading, moment: Date): string =>
  dateFormat(reading, {
    ...DAY,
    ...yearIfOther(reading, cityDate(reading.city, moment)),
    hour: "2-digit",
    minute: "2-digit",
    timeZone: reading.city.timeZone,
  }).format(moment);

/** «14:05» by the city's clock. */
export const timeInWords = (reading: Reading, moment: Date): string =>
  dateFormat(reading, { hour: "2-digit", minute: "2-digit", timeZone: reading.city.timeZone }).format(moment);

/** How a date came about: «8 рабочих дней с 29 апреля, без 1 и 11 мая и выходных → 13 мая». */
export const explainDue = (reading: Reading, due: Due): string => {
  const { i18n, locale } = reading;
  const passedOver = [
    ...monthsInWords(reading, due.skipped),
    ...(due.weekends ? [i18n.t(locale, "notices:dates.weekends")] : []),
  ];
  const from = dayInWords(reading, due.from);
  return [
    i18n.t(locale, `notices:dates.${due.kind}`, { count: due.count, from }),
    passedOver.length > 0 && i18n.t(locale, "notices:dates.without", { days: listInWords(reading, passedOver) }),
    due.worked.length > 0 &&
      i18n.t(locale, "notices:dates.worked", {
        count: due.worked.length,
        days: listInWords(reading, monthsInWords(reading, due.worked)),
      }),
    i18n.t(locale, "notices:dates.arrow", { to: dayInWords(reading, due.to) }),
  ]
    .filter((part) => part !== false)
    .join("");
};

const yearIfOther = ({ city, now }: Reading, day: Temporal.PlainDate): Options =>
  day.year === cityDate(city, now).year ? {} : { year: "numeric" };

const listInWords = (reading: Reading, words: readonly string[]): string => listFormat(reading).format(words);

/** Days of one month, «1, 2 и 5–9 января»: the month is said once, where the language puts it. */
const daysInWords = (reading: Reading, days: readonly [Temporal.PlainDate, ...Temporal.PlainDate[]]): string => {
  const said = listInWords(reading, runsOf(days));
  return dateFormat(reading, { ...DAY, ...yearIfOther(reading, days[0]), timeZone: "UTC" })
    .formatToParts(days[0].toZonedDateTime("UTC").epochMilliseconds)
    .map((part) => (part.type === "day" ? said : part.value))
    .join("");
};

/** «29 и 30 апреля», «1 мая»: one entry a month. */
const monthsInWords = (reading: Reading, isoDays: readonly string[]): string[] => {
  const months = Map.groupBy(
    isoDays.map((day) => Temporal.PlainDate.from(day)),
    (day) => day.toPlainYearMonth().toString(),
  );
  return [...months.values()].map(([first, ...rest]) => (first ? daysInWords(reading, [first, ...rest]) : ""));
};

/** Three or more days in a row become a range. */
const runsOf = (days: readonly Temporal.PlainDate[]): string[] => {
  const runs: Temporal.PlainDate[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run?.at(-1)?.add({ days: 1 }).equals(day)) run.push(day);
    else runs.push([day]);
  }
  return runs.flatMap((run) =>
    run.length > 2 ? [`${run[0]?.day}–${run.at(-1)?.day}`] : run.map((day) => String(day.day)),
  );
};
