import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { cityDate, cityMoment, cityTime, endOfDay, startOfDay } from "../../../src/city/city-time.ts";

const moscow = { timeZone: "Europe/Moscow" };
const berlin = { timeZone: "Europe/Berlin" };
const day = (iso: string) => Temporal.PlainDate.from(iso);

test("the date changes at the city's midnight, not at London's", () => {
  expect(cityDate(moscow, new Date("2026-05-13T20:59:59.999Z")).toString()).toBe("2026-05-13");
  expect(cityDate(moscow, new Date("2026-05-13T21:00:00Z")).toString()).toBe("2026-05-14");
});

test("a day ends at 24:00 city time, the moment the next one starts", () => {
  expect(endOfDay(moscow, day("2026-05-13")).toISOString()).toBe("2026-05-13T21:00:00.000Z");
  expect(endOfDay(moscow, day("2026-05-13"))).toEqual(startOfDay(moscow, day("2026-05-14")));
});

test("a day of summer time has 23 or 25 hours", () => {
  const hours = (iso: string) =>
    (endOfDay(berlin, day(iso)).getTime() - startOfDay(berlin, day(iso)).getTime()) / 3_600_000;
  expect([hours("2026-03-29"), hours("2026-10-25"), hours("2026-10-26")]).toEqual([23, 25, 24]);
});

test("a wall time is the moment the clock shows it; one that summer time skips is right after", () => {
  const at = (time: string) => cityMoment(berlin, day("2026-03-29"), Temporal.PlainTime.from(time)).toISOString();
  expect(at("08:00")).toBe("2026-03-29T06:00:00.000Z");
  expect(at("02:30")).toBe("2026-03-29T01:30:00.000Z");
  expect(cityTime(moscow, new Date("2026-05-13T19:30:00Z")).toString()).toBe("22:30:00");
});
