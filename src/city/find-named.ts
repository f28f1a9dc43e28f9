/** Finds districts, agencies and reasons by what a person types: an id, a name in any language, or its beginning. */
import { toKey, wordsOf } from "./fold.ts";
import type { Text } from "./schema.ts";

/** Something with an id and names; `names` are all that people may call it. */
export type Named = { id: string; names: readonly Text[] };

/** Everything the typed words may mean: the one with that id or name, else all that have a word beginning with each of them. */
export const findNamed = <T extends Named>(all: readonly T[], typed: string): T[] => {
  const id = typed.trim().toLowerCase();
  const byId = all.find((one) => one.id === id);
  if (byId !== undefined) return [byId];
  const keys = keysOf(typed);
  if (keys.length === 0) return [];
  const whole = keys.join(" ");
  const ways = all.map((one) => ({
    one,
    names: one.names.flatMap((name) => Object.values(name).map((text) => keysOf(text))),
  }));
  const exact = ways.filter(({ names }) => names.some((name) => name.join(" ") === whole));
  if (exact.length > 0) return exact.map(({ one }) => one);
  return ways
    .filter(({ names }) => names.some((name) => keys.every((key) => name.some((word) => word.startsWith(key)))))
    .map(({ one }) => one);
};

export type FoundAll<T> = { ok: true; found: T[] } | { ok: false; unknown: string };

/**
 * Reads a list of names: by commas or line breaks when there are any, else word by word, the longest name first.
 * The first thing nobody is called, or more than one, is told back.
 */
export const findAllNamed = <T extends Named>(all: readonly T[], typed: string): FoundAll<T> => {
  const found = new Map<string, T>();
  const parts = typed
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  for (const part of parts) {
    const words = part.split(/\s+/);
    for (let from = 0; from < words.length;) {
      const read = longest(all, words, from);
      if (read === null) return { ok: false, unknown: words.slice(from).join(" ") };
      found.set(read.one.id, read.one);
      from = read.to;
    }
  }
  return { ok: true, found: [...found.values()] };
};

const longest = <T extends Named>(
  all: readonly T[],
  words: readonly string[],
  from: number,
): { one: T; to: number } | null => {
  for (let to = words.length; to > from; to -= 1) {
    const [one, ...others] = findNamed(all, words.slice(from, to).join(" "));
    if (one !== undefined && others.length === 0) return { one, to };
  }
  return null;
};

const keysOf = (text: string): string[] => wordsOf(text).map(toKey);
