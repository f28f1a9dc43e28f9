import { expect, test, vi } from "vitest";
import type { Counted } from "../../../src/report/statistics.ts";
import { createStatistics } from "../../../src/actions/read-statistics.ts";
import type { Db } from "../../../src/store/open.ts";
import { NOON } from "../../support/people.ts";
import { quietLog } from "../../support/store.ts";

const MINUTE = 60_000;

/** Statistics whose counting takes as long as told, on a clock that stands still unless moved. */
const aKept = ({ takesMs = 0 }: { takesMs?: number } = {}) => {
  let ms = 0;
  let cityMs = NOON.getTime();
  const log = { ...quietLog, error: vi.fn() };
  const count = vi.fn((asOf: Date): Promise<Counted> => {
    ms += takesMs;
    return Promise.resolve({ asOf, cells: [], days: [], topics: [], topicsFrom: "2025-08" });
  });
  const db: Db = undefined as never;
  const read = createStatistics({
    ...{ db, city: { timeZone: "Europe/Moscow" }, log, count },
    now: () => new Date(cityMs),
    wireMs: () => ms,
  });
  return {
    ...{ read, count, log },
    pass: (passedMs: number) => {
      ms += passedMs;
      cityMs += passedMs;
    },
    travel: (byMs: number) => {
      cityMs += byMs;
    },
  };
};

test("whoever asks within the minute gets the same count, and those who ask at once share one", async () => {
  const { read, count, pass } = aKept();
  const [first, second] = await Promise.all([read(), read()]);
  expect(second).toBe(first);
  pass(MINUTE - 1);
  expect(await read()).toBe(first);
  expect(count).toHaveBeenCalledTimes(1);
});

test("after the minute a count that is quick is waited for, so that the first to ask in an hour is told what is true", async () => {
  const { read, count, pass } = aKept({ takesMs: 200 });
  await read();
  pass(MINUTE);
  expect((await read()).asOf).toEqual(new Date(NOON.getTime() + MINUTE));
  expect(count).toHaveBeenCalledTimes(2);
});

test("an old count that took long is given once more, and the next one after it", async () => {
  const { read, count, pass } = aKept({ takesMs: 201 });
  const first = await read();
  pass(2 * MINUTE);
  expect(await read()).toBe(first);
  await vi.waitFor(async () => expect((await read()).asOf).toEqual(new Date(NOON.getTime() + 2 * MINUTE)));
  expect(count).toHaveBeenCalledTimes(2);
});

test("a count that took long is kept for longer, but never beyond ten minutes", async () => {
  const { read, count, pass } = aKept({ takesMs: 1000 });
  await read();
  pass(5 * MINUTE - 2000);
  await read();
  expect(count).toHaveBeenCalledTimes(1);
  const slow = aKept({ takesMs: 20_000 });
  await slow.read();
  slow.pass(10 * MINUTE);
  await slow.read();
  expect(slow.count).toHaveBeenCalledTimes(2);
});

test("after a quiet hour nobody is told what was true before it", async () => {
  const { read, pass } = aKept();
  const first = await read();
  pass(60 * MINUTE);
  expect((await read()).asOf.getTime()).toBe(first.asOf.getTime() + 60 * MINUTE);
});

test("when city time is moved the figures are those of the new day", async () => {
  const { read, travel } = aKept();
  await read();
  travel(24 * 60 * MINUTE);
  expect((await read()).asOf).toEqual(new Date(NOON.getTime() + 24 * 60 * MINUTE));
  travel(-24 * 60 * MINUTE);
  expect((await read()).asOf).toEqual(NOON);
});

test("when counting anew fails the old count stands, the log says so, and the next one tries again", async () => {
  const { read, count, pass, log } = aKept();
  const first = await read();
  pass(MINUTE);
  count.mockRejectedValueOnce(new Error("the database is gone"));
  expect(await read()).toBe(first);
  expect(log.error).toHaveBeenCalledOnce();
  expect(await read()).not.toBe(first);
});

test("a first count that fails is nobody's for ever", async () => {
  const { read, count } = aKept();
  count.mockRejectedValueOnce(new Error("the database is gone"));
  await expect(read()).rejects.toThrow("the database is gone");
  expect((await read()).asOf).toEqual(NOON);
});
