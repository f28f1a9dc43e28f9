/** What people wrote may hold characters that no XML document can, escaped or not; without them it is still what they wrote. */
const UNFIT = /(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A text as XML may hold it once it is escaped. A reader turns a bare carriage return into a line feed, so that is what is written. */
export const fitForXml = (text: string): string => text.replace(/\r\n?/g, "\n").replace(UNFIT, "");

/** A text as it may stand between tags and in an attribute. */
export const escapeXml = (text: string): string =>
  fitForXml(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
