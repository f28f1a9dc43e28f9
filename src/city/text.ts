import type { City, Text } from "./schema.ts";

/** The beginning of a text, of at most so many UTF-16 units, with no character cut in half: Telegram refuses a message with half an emoji in it. */
export const headOf = (text: string, units: number): string => text.slice(0, units).replace(/[\ud800-\udbff]$/, "");

/** The text without what may travel with it and no database keeps: NUL, and halves of characters that were cut in two. */
export const withoutUnkeepable = (text: string): string => text.replace(/[\0\p{Cs}]/gu, "");

/** The text, or where it is longer, its beginning and «…»; together at most so many UTF-16 units. */
export const shorten = (text: string, units: number): string =>
  text.length > units ? `${headOf(text, units - 1).trimEnd()}…` : text;

/** The text in the reader's locale, else in the city's default one: a city need not speak every language the bot does. */
export const textIn = (city: Pick<City, "locales">, text: Text, locale: string): string =>
  text[locale] ?? text[city.locales[0]] ?? "";
