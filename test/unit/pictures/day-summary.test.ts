import { expect, test } from "vitest";
import { loadI18n } from "../../../src/i18n/i18n.ts";
import { altOfDaySummary, drawDaySummary, renderDaySummary } from "../../../src/pictures/day-summary.ts";

const i18n = await loadI18n("locales");
const figures = {
  ...{ filed: 1204, published: 31, confirmed: 27, closedOtherwise: 8, reopened: 0, missed: 5 },
  ...{ open: 3411, overdue: 96 },
};
const summary = { city: "Кунцево и соседи", day: "21 ноября 2026", figures };

/** Intl parts thousands by a space that does not break. */
const textsIn = (svg: string): string =>
  [...svg.matchAll(/>([^<>]+)<\/text>/g)]
    .map(([, text = ""]) => text)
    .join("|")
    .replaceAll(/\s/g, " ");

test.each(i18n.locales)("%s: every figure stands beside its words, none of them cut", (locale) => {
  const texts = textsIn(drawDaySummary({ i18n, locale }, summary));
  for (const [key, count] of Object.entries({
    published: "31",
    confirmed: "27",
    closedOtherwise: "8",
    reopened: "0",
    missed: "5",
  })) {
    expect(texts).toContain(`|${count}|${i18n.t(locale, `stats:day.${key as "published"}`)}|`);
  }
  expect(texts).toContain("Кунцево и соседи");
  expect(texts).toMatch(/96/);
  expect(texts).not.toContain("…");
});

test("no dates missed is not written in red", () => {
  const words = { i18n, locale: "ru" };
  const red = (missed: number): boolean =>
    drawDaySummary(words, { ...summary, figures: { ...figures, missed } }).includes("#b91c1c");
  expect([red(5), red(0)]).toEqual([true, false]);
});

test("the picture is a PNG that Telegram takes, and its words say the same", async () => {
  const png = Buffer.from(await renderDaySummary({ i18n, locale: "ru" }, summary));
  expect(png.toString("latin1", 1, 4)).toBe("PNG");
  expect(png.readUInt32BE(16) + png.readUInt32BE(20)).toBeLessThan(10_000);
  expect(altOfDaySummary({ i18n, locale: "ru" }, summary)).toBe(
    "Итоги дня, 21 ноября 2026. Подано: 1204. Опубликовано ответов: 31. Устранено и подтверждено: 27, закрыто иначе: 8, возвращено в работу: 0. Пропущено сроков: 5. Сейчас открыто 3411, из них просрочено 96.",
  );
});
