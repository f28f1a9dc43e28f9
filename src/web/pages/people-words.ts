import { html } from "hono/html";
import type { Frame, Html } from "./frame.ts";

/**
 * Words that somebody wrote, in whatever language: a voice that reads the page aloud must know when they are not in the page's own. Told
 * by the letters, which is all there is to go by.
 */
export const peopleWords = (frame: Pick<Frame, "locale" | "locales">, words: string): Html | string => {
  const lang = languageOf(words);
  return lang === null || lang === frame.locale || !frame.locales.includes(lang)
    ? words
    : html`<span lang="${lang}">${words}</span>`;
};

/** Null for words without letters, such as a date. */
const languageOf = (words: string): string | null => {
  const [cyrillic, latin] = [countOf(words, /\p{Script=Cyrillic}/gu), countOf(words, /\p{Script=Latin}/gu)];
  if (cyrillic === 0 && latin === 0) return null;
  return cyrillic >= latin ? "ru" : "en";
};

const countOf = (words: string, letters: RegExp): number => words.match(letters)?.length ?? 0;
