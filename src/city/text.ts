import type { City, Text } from "./schema.ts";

/** The text in the reader's locale, else in the city's default one: a city need not speak every language the bot does. */
export const textIn = (city: Pick<City, "locales">, text: Text, locale: string): string =>
  text[locale] ?? text[city.locales[0]] ?? "";
