import { expect, test } from "vitest";
import { medianInWords } from "../../../src/notices/statistics-words.ts";
import { readingIn } from "../../support/notices.ts";

test.each([
  ["ru", { median: 0, of: 10 }, "меньше дня"],
  ["en", { median: 0, of: 10 }, "less than a day"],
  ["ru", { median: 1, of: 10 }, "1 день"],
  ["ru", { median: 4.5, of: 10 }, "4,5 дня"],
  ["en", { median: 4.5, of: 10 }, "4.5 days"],
  ["ru", { median: 2, of: 9 }, "мало данных"],
  ["ru", { median: null, of: 0 }, "—"],
] as const)("in %s the days to an answer, %o, are read as «%s»", (locale, days, words) => {
  expect(medianInWords(readingIn(locale), days)).toBe(words);
});
