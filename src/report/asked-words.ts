/** What somebody looks for in reports, word by word. */
import { wordsOf } from "../city/fold.ts";
import type { City } from "../city/schema.ts";
import { stemOf } from "../city/stem.ts";

/** A word that was asked for, and the topics in whose titles it stands. */
export type AskedWord = { word: string; topicIds: readonly string[] };

/** The words of a text, each with the topics in whose titles, in any language, it stands in one of its forms. */
export const askedWords = (city: Pick<City, "topics">, text: string): AskedWord[] =>
  text.match(/[\p{L}\p{N}]+/gu)?.map((word) => ({ word, topicIds: topicsNamed(city, word) })) ?? [];

const topicsNamed = (city: Pick<City, "topics">, word: string): string[] => {
  const asked = stemsOf(word);
  if (asked.length === 0) return [];
  return [...city.topics.values()]
    .filter(({ title }) => Object.values(title).some((text) => isIn(asked, stemsOf(text))))
    .map(({ id }) => id);
};

const stemsOf = (text: string): string[] => wordsOf(text).flatMap((word) => stemOf(word) ?? []);

const isIn = (asked: readonly string[], said: readonly string[]): boolean => asked.every((stem) => said.includes(stem));
