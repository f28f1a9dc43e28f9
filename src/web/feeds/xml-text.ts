/** What people wrote may hold characters that no XML document can, escaped or not; without them it is still what they wrote. */
const UNFIT = /[^\P{Cc}\t\n]|[\ufffe\uffff\p{Cs}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A text as it may stand between tags and in an attribute. */
const toXmlText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(UNFIT, "")
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** A piece of a document that is markup already. */
export type Xml = { readonly markup: string };

/** Text in it is escaped; pieces, and lists of them, are put in as they are. Null leaves nothing. */
export const xml = (
  strings: TemplateStringsArray,
  ...values: readonly (string | number | null | Xml | readonly Xml[])[]
): Xml => ({
  markup: strings.reduce((whole, string, i) => whole + pieceOf(values[i - 1] ?? null) + string),
});

const pieceOf = (value: string | number | null | Xml | readonly Xml[]): string => {
  if (value === null) return "";
  if (typeof value === "string") return toXmlText(value);
  if (typeof value === "number") return String(value);
  return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
};
