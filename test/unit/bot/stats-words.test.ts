import { expect, test } from "vitest";
import { readStatsWords } from "../../../src/bot/stats-words.ts";
import { NOON } from "../../support/people.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();

const read = (typed: string): string => {
  const found = readStatsWords(city, typed, { locales: ["ru", "en"], now: NOON });
  if (!found.ok) return found.why === "several" ? `several: ${found.names.length}` : found.why;
  const { months, agencyId, districtId } = found.asked;
  return [`${months.from ?? "…"} ${months.to}`, agencyId, districtId].filter((part) => part !== undefined).join(" ");
};

test.each([
  ["", "2025-08 2026-07"],
  ["месяц", "2026-07 2026-07"],
  ["всё", "… 2026-07"],
  ["2025", "2025-01 2025-12"],
  ["Кунцево", "2025-08 2026-07 kuntsevo"],
  ["kuntsevo", "2025-08 2026-07 kuntsevo"],
  ["lighting", "2025-08 2026-07 lighting"],
  ["ноябрь Кунцево", "2025-11 2025-11 kuntsevo"],
  ["Кунцево за год", "2025-08 2026-07 kuntsevo"],
  ["ноябрь 2024 lighting", "2024-11 2024-11 lighting"],
  ["Фили-Давыдково 2026-01..2026-06", "2026-01 2026-06 fili-davydkovo"],
  ["Жилищная служба района Кунцево месяц", "2026-07 2026-07 housing-kuntsevo"],
])("«/stats %s» asks for %s", (typed, asked) => {
  expect(read(typed)).toBe(asked);
});

test("words that nobody is called, or that are no period, are not guessed at", () => {
  for (const typed of ["Атлантида", "2026-13", "ноябрь Атлантида", "месяц год", "5 ноября"]) {
    expect([typed, read(typed)]).toEqual([typed, "unknown"]);
  }
});

test("words that may mean several ask which", () => {
  expect(read("Жилищная служба")).toMatch(/^several: \d+$/);
  expect(read("месяц Жилищная служба")).toMatch(/^several: \d+$/);
});
