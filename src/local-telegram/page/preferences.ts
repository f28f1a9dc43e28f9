/** What the browser remembers between visits. A browser that forbids storage just forgets. */
import type { Locale } from "./strings.ts";

export type Theme = "light" | "dark";

const recall = (key: string): string | null => {
  try {
    return localStorage.getItem(`chat.${key}`);
  } catch {
    return null;
  }
};

const remember = (key: string, value: string): void => {
  try {
    localStorage.setItem(`chat.${key}`, value);
  } catch {
    // Nothing depends on it: the next visit starts from the defaults.
  }
};

/** The chosen interface language, else the browser's, else English. */
export const recallLocale = (): Locale => {
  const chosen = recall("locale");
  if (chosen === "ru" || chosen === "en") return chosen;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith("ru")) ? "ru" : "en";
};

export const rememberLocale = (locale: Locale): void => remember("locale", locale);

/** The theme in force: the chosen one, else the system's. */
export const currentTheme = (): Theme => {
  const chosen = recall("theme");
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
};

/** Draws the page in the remembered theme, and follows the system's while none was chosen. */
export const applyTheme = (): void => {
  document.documentElement.dataset["theme"] = currentTheme();
};

export const rememberTheme = (theme: Theme): void => {
  remember("theme", theme);
  applyTheme();
};

/** Keys of the columns shown, or null before any choice. */
export const recallColumns = (): string[] | null => {
  const stored = recall("columns");
  return stored === null ? null : stored.split(" ").filter((key) => key !== "");
};

export const rememberColumns = (keys: readonly string[]): void => remember("columns", keys.join(" "));
