import { expect, test } from "vitest";
import { lineOf } from "../../../src/web/csv-text.ts";

test.each([
  ["=1+1", "'=1+1"],
  ['=HYPERLINK("http://x";"y")', `"'=HYPERLINK(""http://x"";""y"")"`],
  ["+7 495", "'+7 495"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  [" =1", "' =1"],
  ["\t=1", "'\t=1"],
  ["\tслово", "'\tслово"],
  ["\r\n=1", `"'\r\n=1"`],
  ["＝1", "'＝1"],
])("%j is no formula in a spreadsheet", (text, cell) => {
  expect(lineOf([text])).toBe(`${cell}\r\n`);
});

test.each([
  ["Яма, глубокая", '"Яма, глубокая"'],
  ['Дом "Ромашка"', '"Дом ""Ромашка"""'],
  ["две\nстроки", '"две\nстроки"'],
  ["a=b", "a=b"],
  ["дом 5-а", "дом 5-а"],
  ["", ""],
])("%j stays what it is", (text, cell) => {
  expect(lineOf([text])).toBe(`${cell}\r\n`);
});

test("numbers are numbers, negative ones too, and what is not there is empty", () => {
  expect(lineOf([1, -0.127, null, "a"])).toBe("1,-0.127,,a\r\n");
});

test("a spreadsheet of another country parts cells and decimals in its own way", () => {
  const cells = [1.5, "Яма; глубокая", "Яма, глубокая", "=1+1"];
  expect(lineOf(cells, { separator: ";", decimal: "," })).toBe(`1,5;"Яма; глубокая";Яма, глубокая;'=1+1\r\n`);
});
