import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { readMonths } from "../../../src/city/read-months.ts";

const read = (text: string): string | null => {
  const months = readMonths(text, { locales: ["ru", "en"], today: Temporal.PlainDate.from("2026-07-15") });
  return months === null ? null : `${months.from ?? "…"} ${months.to}`;
};

test.each([
  ["месяц", "2026-07 2026-07"],
  ["Этот месяц", "2026-07 2026-07"],
  ["month", "2026-07 2026-07"],
  ["год", "2025-08 2026-07"],
  ["за год", "2025-08 2026-07"],
  ["всё", "… 2026-07"],
  ["всё время", "… 2026-07"],
  ["all", "… 2026-07"],
  ["2025", "2025-01 2025-12"],
  ["июль", "2026-07 2026-07"],
  ["Ноябрь", "2025-11 2025-11"],
  ["нояб.", "2025-11 2025-11"],
  ["ноября 2024", "2024-11 2024-11"],
  ["November 2024", "2024-11 2024-11"],
  ["2026-05", "2026-05 2026-05"],
  ["05.2026", "2026-05 2026-05"],
  ["2026-01..2026-06", "2026-01 2026-06"],
  ["май – июль", "2026-05 2026-07"],
  ["с ноября по январь", "2025-11 2026-01"],
  ["November to January 2026", "2025-11 2026-01"],
])("«%s» are the months %s", (text, months) => {
  expect(read(text)).toBe(months);
});

test.each(["", "Кунцево", "ма", "2026-13", "13.2026", "1999", "ноябрь 20", "5 ноября", "a..b..c", "2026-06..2026-01"])(
  "«%s» are none",
  (text) => {
    expect(read(text)).toBeNull();
  },
);
