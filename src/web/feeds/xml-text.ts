/** Documents written as templates, with what is put in escaped. */
import { escapeXml } from "../../pictures/xml.ts";

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
  if (typeof value === "string") return escapeXml(value);
  if (typeof value === "number") return String(value);
  return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
};
