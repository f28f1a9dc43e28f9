/** How the reader's language writes dates, numbers and lists. */
import type { I18n } from "../i18n/i18n.ts";

type Words = { i18n: I18n; locale: string };

// To make a format costs a thousand times as much as to use it; there are a few per language and time zone.
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();
const lists = new Map<string, Intl.ListFormat>();

const kept = <T>(all: Map<string, T>, key: string, make: () => T): T => {
  const known = all.get(key);
  if (known !== undefined) return known;
  const made = make();
  all.set(key, made);
  return made;
};

const languageOf = ({ i18n, locale }: Words): string => i18n.t(locale, "notices:dates.intl");

/** For dates said with these parts. */
export const dateFormat = (words: Words, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const language = languageOf(words);
  return kept(dates, `${language} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(language, options));
};

/** For numbers. */
export const numberFormat = (words: Words): Intl.NumberFormat => {
  const language = languageOf(words);
  return kept(numbers, language, () => new Intl.NumberFormat(language));
};

/** For «1, 2 и 3». */
export const listFormat = (words: Words): Intl.ListFormat => {
  const language = languageOf(words);
  return kept(lists, language, () => new Intl.ListFormat(language, { type: "conjunction" }));
};
