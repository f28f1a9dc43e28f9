/** What the form says, before it is put into a language: names of texts in `locales/<language>/form.json` with their values. */
import type { Text } from "../city/schema.ts";
import type { FormText } from "./form-text.ts";

/** A value inside a text: as it is, in the reader's language, a plain date `YYYY-MM-DD`, or another text of the form. */
export type Value = string | number | { in: Text } | { date: string } | Say;

/** One text of the form. */
export type Say = { text: FormText; params?: Readonly<Record<string, Value>> };

/** A choice; `press` is the form's own word for it, ASCII and at most 40 bytes. */
export type FormButton = { label: Say; press: string };

/** A question as it is put: lines of text, choices in rows. `wantsLocation` offers the phone's own location button. */
export type Ask = {
  lines: readonly Say[];
  buttons: readonly (readonly FormButton[])[];
  wantsLocation?: boolean;
};

/** A text without words of ours, such as a title out of the city file. */
export const plain = (words: Value): Say => ({ text: "plain", params: { words } });

/** A button alone in its row. */
export const row = (text: FormText, press: string): FormButton[] => [{ label: { text }, press }];

/** Rows of `size` buttons. */
export const inRows = (buttons: readonly FormButton[], size: number): FormButton[][] =>
  Array.from({ length: Math.ceil(buttons.length / size) }, (_, i) => buttons.slice(i * size, (i + 1) * size));
