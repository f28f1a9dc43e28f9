import { expect, test } from "vitest";
import { readWord } from "../../../src/bot/operator/word.ts";

test.each([
  ["устранено", "confirmation", null],
  ["Устранено, спасибо", "confirmation", "спасибо"],
  ["не устранено Лампа мигает", "refutation", "Лампа мигает"],
  ["Не устранено: лампа мигает", "refutation", "лампа мигает"],
  ["fixed", "confirmation", null],
  ["not fixed — it flickers", "refutation", "it flickers"],
  ["Второй подъезд", null, "Второй подъезд"],
  // Words that only begin like an answer.
  ["Дачный проезд, 5", null, "Дачный проезд, 5"],
  ["нетто", null, "нетто"],
  ["устраненость", null, "устраненость"],
  ["  ", null, null],
])("«%s» is %s with %j", (typed, value, words) => {
  expect(readWord(typed)).toEqual({ value, words });
});
