import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Texts = { readonly [name: string]: string | Texts };

const flatten = (texts: Texts, path = ""): [path: string, text: string][] =>
  Object.entries(texts).flatMap(([name, value]) =>
    typeof value === "string" ? [[path + name, value] as [string, string]] : flatten(value, `${path}${name}.`),
  );

const PLURAL = /_(zero|one|two|few|many|other)$/;
const stemOf = (path: string): string => path.replace(PLURAL, "");

/** By path without plural endings: every way the text is written in this language. */
const textsIn = (language: string, file: string): Map<string, { path: string; text: string }[]> =>
  Map.groupBy(
    flatten(JSON.parse(readFileSync(`locales/${language}/${file}`, "utf8")) as Texts).map(([path, text]) => ({
      path,
      text,
    })),
    ({ path }) => stemOf(path),
  );

const FIRST = "ru";
const languages = readdirSync("locales");
const files = readdirSync(`locales/${FIRST}`);
const others = languages.filter((language) => language !== FIRST);

/** What a text is filled with and how it is marked up, in no order: languages put words elsewhere. */
const skeletonOf = (text: string): string[] => (text.match(/\{\{\w+\}\}|<\/?[a-z]+/g) ?? []).toSorted();

describe.each(others.flatMap((language) => files.map((file) => [language, file] as const)))(
  "%s/%s",
  (language, file) => {
    const own = textsIn(language, file);
    const first = textsIn(FIRST, file);

    test("has every text of the first language and no other", () => {
      expect([...own.keys()].toSorted()).toEqual([...first.keys()].toSorted());
    });

    test("fills and marks every text up as the first language does", () => {
      for (const [stem, ways] of own)
        for (const { path, text } of ways)
          expect({ path, skeleton: skeletonOf(text) }).toEqual({
            path,
            skeleton: skeletonOf(first.get(stem)?.at(-1)?.text ?? ""),
          });
    });
  },
);

test.each(languages)("%s has every plural form its numbers need", (language) => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const file of files)
    for (const [stem, ways] of textsIn(language, file)) {
      const written = ways.flatMap(({ path }) => PLURAL.exec(path)?.[1] ?? []);
      if (written.length > 0)
        expect({ stem, forms: written.toSorted() }).toEqual({ stem, forms: [...forms].toSorted() });
    }
});
