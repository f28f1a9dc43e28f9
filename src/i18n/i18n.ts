/** Loads `locales/`: a folder is a language, a file in it is the namespace of one room. Keys are checked by the compiler against Russian. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import i18next, { type i18n as I18next } from "i18next";
import type { Key, Params } from "./keys.ts";

export type I18n = {
  /** The languages there are, the first is the fallback. */
  locales: readonly string[];
  /** The language to speak with someone whose Telegram says `languageCode`: theirs if we have it, else the fallback. */
  pick(languageCode: string | undefined): string;
  /** A plain text. Throws on an unknown language, never on a missing key (the fallback language answers). */
  t(locale: string, key: Key, params?: Params): string;
  /** The same text cut at its markup and its parameters, for whoever composes entities. */
  parts(locale: string, key: Key, params?: Params): Part[];
};

/** A run of text with the trusted markup of the locale file around it; a parameter's text is never read as markup. */
export type Part = { text: string; bold: boolean; italic: boolean; code: boolean; href: string | null };

export const loadI18n = async (dir: string, fallback = "ru"): Promise<I18n> => {
  const locales = await foldersIn(dir);
  if (!locales.includes(fallback)) throw new Error(`No folder ${fallback} in ${dir}`);
  const instance: I18next = i18next.createInstance();
  await instance.init({
    fallbackLng: fallback,
    resources: Object.fromEntries(
      await Promise.all(locales.map(async (name) => [name, await readLocale(join(dir, name))])),
    ),
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  } as Parameters<I18next["init"]>[0]);
  const fixed = new Map(locales.map((name) => [name, instance.getFixedT(name)]));
  const translate = (locale: string, key: Key, params: Params): string => {
    const t = fixed.get(locale);
    if (t === undefined) throw new Error(`No language ${locale} in ${dir}`);
    return t(key, params);
  };
  const parts: I18n["parts"] = (locale, key, params = {}) => {
    const texts: string[] = [];
    // Strings go in as private-use marks and come back after the markup is read: a resident named <b> stays <b>.
    const marked = Object.fromEntries(
      Object.entries(params).map(([name, value]) =>
        typeof value === "string" ? [name, `\uE000${texts.push(value) - 1}\uE001`] : [name, value],
      ),
    );
    return cut(translate(locale, key, marked), texts);
  };
  return {
    locales: [fallback, ...locales.filter((name) => name !== fallback)],
    pick: (languageCode) => {
      const language = languageCode?.split("-")[0]?.toLowerCase();
      return language !== undefined && locales.includes(language) ? language : fallback;
    },
    // Labels and toasts take no entities.
    t: (locale, key, params) =>
      parts(locale, key, params)
        .map((part) => part.text)
        .join(""),
    parts,
  };
};

const foldersIn = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

const readLocale = async (dir: string): Promise<Record<string, unknown>> => {
  const files = (await readdir(dir)).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    await Promise.all(
      files.map(
        async (name) => [name.slice(0, -".json".length), JSON.parse(await readFile(join(dir, name), "utf8"))] as const,
      ),
    ),
  );
};

const markup = /<(\/?)(b|i|code|a)(?: href="([^"]*)")?>/g;

const cut = (template: string, texts: readonly string[]): Part[] => {
  const parts: Part[] = [];
  let style: Omit<Part, "text"> = { bold: false, italic: false, code: false, href: null };
  const restore = (text: string): string =>
    text.replaceAll(/\uE000(\d+)\uE001/g, (_, index: string) => texts[Number(index)] ?? "");
  let from = 0;
  for (const match of template.matchAll(markup)) {
    if (match.index > from) parts.push({ text: restore(template.slice(from, match.index)), ...style });
    style = restyle(style, match[2] ?? "", match[1] !== "/", restore(match[3] ?? ""));
    from = match.index + match[0].length;
  }
  if (from < template.length) parts.push({ text: restore(template.slice(from)), ...style });
  return parts;
};

const restyle = (style: Omit<Part, "text">, tag: string, on: boolean, href: string): Omit<Part, "text"> => {
  if (tag === "b") return { ...style, bold: on };
  if (tag === "i") return { ...style, italic: on };
  if (tag === "code") return { ...style, code: on };
  return { ...style, href: on ? href : null };
};
