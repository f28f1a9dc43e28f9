import { FormattedString } from "@grammyjs/parse-mode";
import type { I18n } from "../i18n/i18n.ts";
import type { Key, Params } from "../i18n/keys.ts";

/** A text of the locales as Telegram entities; parameters are inserted as they are and can neither break nor inject markup. */
export const rich = (i18n: I18n, locale: string, key: Key, params?: Params): FormattedString =>
  i18n
    .parts(locale, key, params)
    .map((part) => {
      let run = new FormattedString(part.text);
      if (part.bold) run = FormattedString.bold(run);
      if (part.italic) run = FormattedString.italic(run);
      if (part.code) run = FormattedString.code(run);
      if (part.href !== null) run = FormattedString.link(run, part.href);
      return run;
    })
    .reduce((whole, run) => whole.concat(run), new FormattedString(""));

/** Several texts, one under the other; empty ones are left out. */
export const lines = (...texts: (FormattedString | string | null)[]): FormattedString => joined(texts, "\n");

/** The same with an empty line between them. */
export const paragraphs = (...texts: (FormattedString | string | null)[]): FormattedString => joined(texts, "\n\n");

const joined = (texts: (FormattedString | string | null)[], separator: string): FormattedString =>
  FormattedString.join(
    texts.filter((text): text is FormattedString | string => text !== null && text.toString() !== ""),
    separator,
  );
