import { describe, expect, test } from "vitest";
import { dayInWords, explainDue, momentInWords } from "../../../src/notices/dates.ts";
import type { Due } from "../../../src/report/due.ts";
import { AT, eightDays, readingIn } from "../../support/notices.ts";

const due = (differs: Partial<Due>): Due => ({ ...eightDays, skipped: [], weekends: false, worked: [], ...differs });

describe("why this date", () => {
  test("is said as promised, in Russian and English", () => {
    expect(explainDue(readingIn("ru"), eightDays)).toBe(
      "8 рабочих дней с 29 апреля, без 1 и 11 мая и выходных → 13 мая",
    );
    expect(explainDue(readingIn("en"), eightDays)).toBe(
      "8 working days from 29 April, not counting 1 and 11 May and weekends → 13 May",
    );
  });

  test.each([
    [1, "1 рабочий день"],
    [2, "2 рабочих дня"],
    [5, "5 рабочих дней"],
    [21, "21 рабочий день"],
  ])("%i working days are counted in right Russian", (count, words) => {
    expect(explainDue(readingIn("ru"), due({ count }))).toBe(`${words} с 29 апреля → 13 мая`);
  });

  test("days off in two months, long runs of them and working Saturdays are all named", () => {
    const now = new Date("2024-04-24T12:00:00+03:00");
    const spring = due({
      from: "2024-04-24",
      to: "2024-05-13",
      skipped: ["2024-04-29", "2024-04-30", "2024-05-01", "2024-05-09", "2024-05-10"],
      weekends: true,
      worked: ["2024-04-27"],
    });
    expect(explainDue(readingIn("ru", now), spring)).toBe(
      "8 рабочих дней с 24 апреля, без 29 и 30 апреля, 1, 9 и 10 мая и выходных, считая рабочий выходной 27 апреля → 13 мая",
    );
    const winter = due({ skipped: ["2026-01-01", "2026-01-02", "2026-01-05", "2026-01-06", "2026-01-07"] });
    expect(explainDue(readingIn("ru"), winter)).toContain("без 1, 2 и 5–7 января");
  });

  test("calendar days are just days", () => {
    const three = due({ count: 3, kind: "calendar", to: "2026-05-02" });
    expect(explainDue(readingIn("ru"), three)).toBe("3 дня с 29 апреля → 2 мая");
    expect(explainDue(readingIn("en"), three)).toBe("3 days from 29 April → 2 May");
  });
});

test("a year is said only when it is another", () => {
  expect(dayInWords(readingIn("ru"), "2026-12-31")).toBe("31 декабря");
  expect(dayInWords(readingIn("ru"), "2027-01-11")).toMatch(/^11 января 2027/);
  expect(dayInWords(readingIn("en"), "2027-01-11")).toBe("11 January 2027");
});

test("a moment is said by the city's clock", () => {
  expect(momentInWords(readingIn("ru"), AT)).toBe("29 апреля в 14:05");
  expect(momentInWords(readingIn("en"), AT)).toBe("29 April at 14:05");
});
