import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { readDay } from "../../../src/city/read-day.ts";

const locales = ["ru", "en"];
const read = (text: string, today = "2026-07-15"): string | null =>
  readDay(text, { locales, today: Temporal.PlainDate.from(today) })?.toString() ?? null;

describe("a typed day", () => {
  test.each([
    ["15.12", "2026-12-15"],
    ["15.12.2026", "2026-12-15"],
    ["15.12.27", "2027-12-15"],
    ["до 15 декабря", "2026-12-15"],
    ["Сделаем до 1 августа включительно", "2026-08-01"],
    ["1 май", "2027-05-01"],
    ["3 дек 2026", "2026-12-03"],
    ["by 15 December", "2026-12-15"],
    ["Dec 5", "2026-12-05"],
    ["15/12", "2026-12-15"],
  ])("%s is %s", (text, day) => {
    expect(read(text)).toBe(day);
  });

  test("without a year is the next one, and today is not past yet", () => {
    expect(read("15.07")).toBe("2026-07-15");
    expect(read("14.07")).toBe("2027-07-14");
    expect(read("14.07.2026")).toBe("2026-07-14");
  });

  test.each(["", "завтра", "31.02", "32 августа", "через 2 недели", "12345", "15.13.2026", "29 февраля 2027"])(
    "«%s» is none",
    (text) => {
      expect(read(text)).toBeNull();
    },
  );
});
