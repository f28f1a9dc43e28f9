/** With these a spreadsheet begins a formula, or may be made to; a text that does gets an apostrophe before it. */
const BEGINS_FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** What parts cells and decimals: programs read them in one way, the spreadsheets of a country in its own. */
export type CsvMarks = { separator: "," | ";"; decimal: "." | "," };

const STANDARD: CsvMarks = { separator: ",", decimal: "." };

/** A cell (RFC 4180). Numbers are ours and never formulas. */
const cellOf = (value: string | number | null, { separator, decimal }: CsvMarks): string => {
  if (value === null) return "";
  if (typeof value === "number") return String(value).replace(".", decimal);
  const harmless = BEGINS_FORMULA.test(value) ? `'${value}` : value;
  return harmless.includes(separator) || /["\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** A line with its end. */
export const lineOf = (cells: readonly (string | number | null)[], marks = STANDARD): string =>
  `${cells.map((cell) => cellOf(cell, marks)).join(marks.separator)}\r\n`;
