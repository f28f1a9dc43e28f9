import type { Temporal } from "temporal-polyfill";
import { wordsOf } from "./fold.ts";
import { bitsIn, lettersOf, typosBetween, typosForgiven } from "./likeness.ts";
import type { City, Topic } from "./schema.ts";
import { isInSeason } from "./seasons.ts";
import { stemOf } from "./stem.ts";

export type FoundTopic = { readonly topic: Topic; readonly inSeason: boolean };

/** One way to say a topic: its title, an entry of its words, or its category's name. */
type Phrase = { topic: number; locale: string; weight: number; stems: string[] };

type Index = {
  topics: readonly Topic[];
  phrases: Phrase[];
  /** Stem → positions of the phrases that have it. */
  phrasesOf: Map<string, number[]>;
  /** Rare stems say more: the logarithm of how few topics have it. */
  rarity: Map<string, number>;
  letters: Map<string, number>;
};

/** Naming the category alone finds its topics, but never above one that was itself named. */
const CATEGORY_WEIGHT = 0.6;
/** People type in another language than the one they read, though seldom. */
const OTHER_LOCALE_WEIGHT = 0.8;
/** How much it helps that a whole phrase was said rather than words of several. */
const PHRASE_SHARE = 0.6;
const PREFIX_LIKENESS = 0.85;
const TYPO_LIKENESS = 0.7;
/** Found topics further than this behind the best are noise. */
const WORST_TO_BEST = 0.45;
const MOST_FOUND = 10;
/** Residents may send whole stories; the words after these no longer change what is meant. */
const MOST_WORDS = 40;

const stemsOf = (text: string): string[] =>
  [
    ...new Set(
      wordsOf(text)
        .map(stemOf)
        .filter((stem) => stem !== null && stem !== ""),
    ),
  ] as string[];

const createIndex = (city: Pick<City, "categories">): Index => {
  const topics = city.categories.flatMap((category) => category.topics);
  const phrases: Phrase[] = [];
  let topic = 0;
  for (const category of city.categories)
    for (const { title, words } of category.topics) {
      const say = (locale: string, text: string, weight: number) =>
        phrases.push({ topic, locale, weight, stems: stemsOf(text) });
      for (const [locale, text] of Object.entries(title)) say(locale, text, 1);
      for (const [locale, ways] of Object.entries(words)) for (const way of ways) say(locale, way, 1);
      for (const [locale, text] of Object.entries(category.title)) say(locale, text, CATEGORY_WEIGHT);
      for (const [locale, ways] of Object.entries(category.words))
        for (const way of ways) say(locale, way, CATEGORY_WEIGHT);
      topic += 1;
    }
  const phrasesOf = new Map<string, number[]>();
  phrases.forEach(({ stems }, i) => {
    for (const stem of stems) phrasesOf.set(stem, [...(phrasesOf.get(stem) ?? []), i]);
  });
  const rarity = new Map(
    [...phrasesOf].map(([stem, found]) => {
      const holders = new Set(found.map((i) => phrases[i]?.topic));
      return [stem, Math.log(1 + topics.length / holders.size)] as const;
    }),
  );
  const letters = new Map([...phrasesOf.keys()].map((stem) => [stem, lettersOf(stem)] as const));
  return { topics, phrases, phrasesOf, rarity, letters };
};

const indexes = new WeakMap<City["categories"], Index>();

const indexOf = (city: Pick<City, "categories">): Index => {
  const known = indexes.get(city.categories);
  if (known) return known;
  const index = createIndex(city);
  indexes.set(city.categories, index);
  return index;
};

const isPrefix = (asked: string, known: string): boolean =>
  (asked.length >= 4 && known.startsWith(asked)) ||
  (known.length >= 4 && asked.startsWith(known) && asked.length - known.length <= 3);

/** Known stems that an asked one may mean, with their likeness up to 1; typos are tried only when nothing else fits. */
const meaningsOf = (index: Index, asked: string): Map<string, number> => {
  const meanings = new Map<string, number>();
  if (index.phrasesOf.has(asked)) meanings.set(asked, 1);
  else for (const known of index.letters.keys()) if (isPrefix(asked, known)) meanings.set(known, PREFIX_LIKENESS);
  const limit = typosForgiven(asked.length);
  if (meanings.size > 0 || limit === 0) return meanings;
  const askedLetters = lettersOf(asked);
  for (const [known, letters] of index.letters) {
    if (Math.abs(known.length - asked.length) > limit || bitsIn(letters ^ askedLetters) > 2 * limit) continue;
    const typos = typosBetween(asked, known, limit);
    if (typos <= limit) meanings.set(known, TYPO_LIKENESS / typos);
  }
  return meanings;
};

/**
 * Topics that the words may mean, best first, at most 10; those out of season are found too, and marked. Endings, typos,
 * word order, Latin letters and the other locales of the city are forgiven. Empty when nothing comes close.
 */
export const searchTopics = (
  city: Pick<City, "categories">,
  query: string,
  locale: string,
  date: Temporal.PlainDate,
): FoundTopic[] => {
  const index = indexOf(city);
  const said = index.phrases.map(() => 0);
  const heard = index.topics.map(() => 0);
  for (const asked of stemsOf(query).slice(0, MOST_WORDS)) {
    const best = new Map<number, number>();
    for (const [stem, likeness] of meaningsOf(index, asked)) {
      const worth = likeness * (index.rarity.get(stem) ?? 0);
      for (const i of index.phrasesOf.get(stem) ?? []) {
        const phrase = index.phrases[i];
        if (!phrase) continue;
        const weighted = worth * phrase.weight * (phrase.locale === locale ? 1 : OTHER_LOCALE_WEIGHT);
        said[i] = (said[i] ?? 0) + weighted;
        best.set(phrase.topic, Math.max(best.get(phrase.topic) ?? 0, weighted));
      }
    }
    for (const [topic, worth] of best) heard[topic] = (heard[topic] ?? 0) + worth;
  }

  const scores = heard.slice();
  index.phrases.forEach((phrase, i) => {
    const worth = said[i] ?? 0;
    if (worth === 0) return;
    const whole = phrase.stems.reduce((sum, stem) => sum + (index.rarity.get(stem) ?? 0), 0);
    const score = (heard[phrase.topic] ?? 0) + PHRASE_SHARE * worth * Math.min(1, worth / whole);
    scores[phrase.topic] = Math.max(scores[phrase.topic] ?? 0, score);
  });
  const top = Math.max(0, ...scores);
  return index.topics
    .map((topic, i) => ({ topic, score: scores[i] ?? 0 }))
    .filter(({ score }) => score > 0 && score >= top * WORST_TO_BEST)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_FOUND)
    .map(({ topic }) => ({ topic, inSeason: isInSeason(topic, date) }));
};
