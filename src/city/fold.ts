/**
 * Makes words comparable whatever alphabet, spelling and case they were typed in: «Рублёвское», `Rublevskoe` and
 * `Rublyovskoye` have one key. A phone far from home often has no Cyrillic keyboard.
 */

// Letters not named here stand for themselves; other alphabets therefore work, only without the bridge to Latin.
const LATIN = new Map(
  "а-a б-b в-v г-g д-d е-e ё-e ж-zh з-z и-i й-i к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ф-f х-h ц-c ч-ch ш-sh щ-sh ъ- ы-i ь- э-e ю-iu я-ia"
    .split(" ")
    .map((pair) => pair.split("-") as [string, string]),
);

/** The many ways to write one Russian sound in Latin letters, longest first. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, "sh"],
  [/kh/g, "h"],
  [/ts/g, "c"],
  [/y[oe]|je/g, "e"],
  [/[yj]([au])/g, "i$1"],
  [/[yj]/g, "i"],
  [/w/g, "v"],
  [/x/g, "ks"],
  [/ii+/g, "i"],
];

/** The key of one word; equal keys mean the same word for search. */
export const toKey = (word: string): string => {
  const latin = word.toLowerCase().replace(/[а-яё]/g, (letter) => LATIN.get(letter) ?? letter);
  return SPELLINGS.reduce((key, [spelling, sound]) => key.replace(spelling, sound), latin.replaceAll("'", ""));
};

/** Lower-case words and numbers of a text, «ё» written «е». */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll("ё", "е")
    .match(/[\p{L}\p{N}]+/gu) ?? [];
