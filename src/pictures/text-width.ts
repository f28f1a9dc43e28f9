/** How wide a text is drawn, from the font's own tables: an SVG does not break lines by itself. */
import { readFileSync } from "node:fs";
import { FONT_FILES, type Weight } from "./fonts.ts";

type Widths = { unitsPerEm: number; widthOf(codePoint: number): number };

const cache = new Map<Weight, Widths>();

/** The width in pixels at this size. */
export const textWidth = (text: string, size: number, weight: Weight = "regular"): number => {
  const font = cache.get(weight) ?? readWidths(FONT_FILES[weight]);
  cache.set(weight, font);
  const units = [...text].reduce((sum, letter) => sum + font.widthOf(letter.codePointAt(0) ?? 0), 0);
  return (units * size) / font.unitsPerEm;
};

/** The text in lines of at most `width` pixels, at most `lines` of them; what does not fit ends in «…». */
export const wrapText = (
  text: string,
  { width, lines, size, weight = "regular" }: { width: number; lines: number; size: number; weight?: Weight },
): string[] => {
  const fits = (line: string): boolean => textWidth(line, size, weight) <= width;
  const wrapped: string[] = [];
  let rest = text.trim().split(/\s+/).filter(Boolean);
  while (rest.length > 0 && wrapped.length < lines) {
    const isLast = wrapped.length === lines - 1;
    let taken = 1;
    while (taken < rest.length && fits(rest.slice(0, taken + 1).join(" "))) taken += 1;
    const line = rest.slice(0, taken).join(" ");
    const isCut = isLast && taken < rest.length;
    wrapped.push(isCut || !fits(line) ? shortened(isCut ? rest.join(" ") : line, fits) : line);
    rest = rest.slice(taken);
  }
  return wrapped;
};

/** A word wider than the line, or a line with more to come, is cut where it still fits with its dots. */
const shortened = (text: string, fits: (line: string) => boolean): string => {
  const letters = [...text];
  let length = letters.length - 1;
  while (length > 0 && !fits(`${letters.slice(0, length).join("").trimEnd()}…`)) length -= 1;
  return `${letters.slice(0, length).join("").trimEnd()}…`;
};

/** Reads what TrueType calls `head`, `hhea`, `hmtx` and the letters of the basic plane in `cmap`. */
const readWidths = (path: string): Widths => {
  const bytes = readFileSync(path);
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let index = 0; index < font.getUint16(4); index += 1) {
    const record = 12 + index * 16;
    tables.set(bytes.toString("latin1", record, record + 4), font.getUint32(record + 8));
  }
  const at = (tag: string): number => {
    const offset = tables.get(tag);
    if (offset === undefined) throw new Error(`The font has no table ${tag}`);
    return offset;
  };
  const metrics = font.getUint16(at("hhea") + 34);
  const advanceOf = (glyph: number): number => font.getUint16(at("hmtx") + Math.min(glyph, metrics - 1) * 4);
  const glyphOf = readGlyphs(font, at("cmap"));
  return { unitsPerEm: font.getUint16(at("head") + 18), widthOf: (codePoint) => advanceOf(glyphOf(codePoint)) };
};

/** The table of format 4, which every font for Windows has; glyph 0 is the box for an unknown letter. */
const readGlyphs = (font: DataView, cmap: number): ((codePoint: number) => number) => {
  const records = Array.from({ length: font.getUint16(cmap + 2) }, (_, index) => cmap + 4 + index * 8);
  const subtables = records.map((record) => cmap + font.getUint32(record + 4));
  const table = subtables.find((offset) => font.getUint16(offset) === 4);
  if (table === undefined) throw new Error("The font has no table of letters");
  const doubled = font.getUint16(table + 6);
  const ends = table + 14;
  const starts = ends + doubled + 2;
  return (codePoint) => {
    for (let at = 0; at < doubled; at += 2) {
      if (codePoint > font.getUint16(ends + at)) continue;
      const start = font.getUint16(starts + at);
      if (codePoint < start) return 0;
      const delta = font.getUint16(starts + doubled + at);
      const range = starts + doubled * 2 + at;
      const offset = font.getUint16(range);
      if (offset === 0) return (codePoint + delta) & 0xffff;
      const glyph = font.getUint16(range + offset + (codePoint - start) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
};
