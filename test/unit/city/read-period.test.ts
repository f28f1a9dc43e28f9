import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { readPeriod } from "../../../src/city/read-period.ts";

const calendar = { locales: ["ru", "en"], today: Temporal.PlainDate.from("2026-11-22") };

test.each([
  ["1–15 ноября", "2026-11-01", "2026-11-15"],
  ["с 1 по 15 ноября", "2026-11-01", "2026-11-15"],
  ["1 - 15 November", "2026-11-01", "2026-11-15"],
  ["from November 1 to November 15", "2026-11-01", "2026-11-15"],
  ["28 октября – 3 ноября", "2026-10-28", "2026-11-03"],
  // The last ones that have been, today included.
  ["22 ноября", "2026-11-22", "2026-11-22"],
  ["23 ноября", "2025-11-23", "2025-11-23"],
  ["28 декабря – 3 января", "2025-12-28", "2026-01-03"],
  ["1.11–15.11", "2026-11-01", "2026-11-15"],
  ["01.11.2024 - 15.11.2024", "2024-11-01", "2024-11-15"],
  ["2026-11-01..2026-11-15", "2026-11-01", "2026-11-15"],
  ["2026-11-01", "2026-11-01", "2026-11-01"],
  ["вчера", "2026-11-21", "2026-11-21"],
  ["today", "2026-11-22", "2026-11-22"],
])("«%s» is %s to %s", (text, from, to) => {
  const period = readPeriod(text, calendar);
  expect([period?.from.toString(), period?.to.toString()]).toEqual([from, to]);
});

test.each([
  "",
  "Анна",
  "12",
  "Анна 15 ноября",
  "31 ноября",
  "15–1 ноября",
  "1–2–3 ноября",
  "2026-13-01",
  "0–5 ноября",
  "5 мартобря",
  "0000-01-01",
  "01.01.0000",
  "2026-11-01..9999-12-31",
])("«%s» is none", (text) => {
  expect(readPeriod(text, calendar)).toBeNull();
});
