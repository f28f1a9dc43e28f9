import { expect, test } from "vitest";
import { timeControl } from "../../src/time-control.ts";
import { city } from "../support/notices.ts";
import { at } from "../support/clocks.ts";

/** A Friday. */
const NOW = at("2026-07-17T16:30");

/** The menu of a city that stands at `NOW`, and the moments somebody travelled to. */
const aMenu = (next: Date | null = null) => {
  const visited: Date[] = [];
  const travelTo = async (moment: Date): Promise<void> => void visited.push(moment);
  const { tools, status } = timeControl(city, { now: () => NOW, nextMoment: async () => next, travelTo });
  return { visited, status, run: (id: string) => tools.find((tool) => tool.id === id)?.run() };
};

test.each([
  ["hour", "2026-07-17T17:30"],
  ["day", "2026-07-18T16:30"],
  ["working-day", "2026-07-20T16:30"],
  ["week", "2026-07-24T16:30"],
])("a leap of one %s", async (id, moment) => {
  const { run, visited } = aMenu();
  await run(id);
  expect(visited).toEqual([at(moment)]);
});

test("the next event is where something comes due; where nothing does, time stays", async () => {
  const due = at("2026-07-18T00:00");
  const before = aMenu(due);
  await before.run("next");
  expect(before.visited).toEqual([due]);
  const never = aMenu();
  await never.run("next");
  expect(never.visited).toEqual([NOW]);
});

test("the clock shows day and hour in both languages", () => {
  expect(aMenu().status()).toEqual({ ru: "пт, 17 июл., 16:30", en: "Fri 17 Jul, 16:30" });
});
