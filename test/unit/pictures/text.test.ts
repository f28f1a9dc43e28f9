import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { FONT_FAMILY } from "../../../src/pictures/fonts.ts";
import { textWidth, wrapText } from "../../../src/pictures/text-width.ts";
import { toPng } from "../../../src/pictures/to-png.ts";
import { escapeXml } from "../../../src/pictures/xml.ts";

const written = (text: string, size = 60): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="100" font-family="${FONT_FAMILY}">
    <rect width="800" height="100" fill="#ffffff"/><text x="0" y="70" font-size="${size}">${escapeXml(text)}</text></svg>`;

/** The share of dark pixels, and the rightmost column with one. */
const inkOf = async (png: Uint8Array): Promise<{ share: number; right: number }> => {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const dark = [...data.entries()].filter(([, value]) => value < 128).map(([at]) => at % info.width);
  return { share: dark.length / data.length, right: Math.max(-1, ...dark) };
};

describe("a text in a picture", () => {
  test.each(["Щёлковское шоссе, ёж", "Street light", "№ 123 — «до»", "10 %"])("is really drawn: %s", async (text) => {
    const { share } = await inkOf(await toPng(written(text)));
    expect(share).toBeGreaterThan(0.01);
    expect((await inkOf(await toPng(written("")))).share).toBe(0);
  });

  test("every Russian letter has a shape of its own", async () => {
    const letters = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя".split("");
    const drawn = await Promise.all(
      letters.map(async (letter) => Buffer.from(await toPng(written(letter))).toString("base64")),
    );
    expect(new Set(drawn).size).toBe(letters.length);
  });

  test.each(["Неисправное освещение", "Wi-Fi illness", "1234567"])("is as wide as it is measured: %s", async (text) => {
    const { right } = await inkOf(await toPng(written(text)));
    expect(Math.abs(right - textWidth(text, 60))).toBeLessThan(10);
  });

  test("keeps people's marks as letters and loses what no file can hold", () => {
    expect(escapeXml(`<b>&"'\u0001\uD800ё`)).toBe("&lt;b&gt;&amp;&quot;&apos;ё");
  });
});

describe("lines", () => {
  const frame = { width: 400, size: 40 };

  test("break between words and hold every word when there is room", () => {
    const lines = wrapText("Неисправное освещение во дворе", { ...frame, lines: 5 });
    expect(lines.join(" ")).toBe("Неисправное освещение во дворе");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(textWidth(line, 40)).toBeLessThanOrEqual(400);
  });

  test("say by dots that there is more, within the width", () => {
    const [only, ...more] = wrapText("Неисправное освещение во дворе", { ...frame, lines: 1 });
    expect(more).toEqual([]);
    expect(only).toMatch(/^Неисправное.*…$/);
    expect(textWidth(only ?? "", 40)).toBeLessThanOrEqual(400);
  });

  test("cut a word that is wider than the line", () => {
    const [line] = wrapText("Достопримечательностями".repeat(3), { ...frame, lines: 2 });
    expect(line).toMatch(/^Достоприм.*…$/);
    expect(textWidth(line ?? "", 40)).toBeLessThanOrEqual(400);
  });

  test("of nothing are none", () => expect(wrapText("  ", { ...frame, lines: 2 })).toEqual([]));
});
