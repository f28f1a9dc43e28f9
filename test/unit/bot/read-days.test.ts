import { expect, test } from "vitest";
import { readDays } from "../../../src/bot/editor/read-days.ts";

test.each([
  ["12 Нужна закупка", 12, "Нужна закупка"],
  ["12 дней: нужна закупка", 12, "нужна закупка"],
  ["1 день, дождь", 1, "дождь"],
  ["3 дня — двор у школы", 3, "двор у школы"],
  ["5days: parts", 5, "parts"],
  ["  7,обещали", 7, "обещали"],
  ["30 Днём шумят", 30, "Днём шумят"],
  ["2 дно ямы размыло", 2, "дно ямы размыло"],
])("«%s» is so many days and why", (typed, count, reason) => {
  expect(readDays(typed)).toEqual({ count, reason });
});

test.each(["12", "12 дней", "12 days.", "12 —", "дней 12", "Нужна закупка", "12345 много", "12а", ""])(
  "«%s» lacks the number or the reason",
  (typed) => {
    expect(readDays(typed)).toBeNull();
  },
);
