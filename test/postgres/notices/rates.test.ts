import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { takeBotRate, takeChatRate } from "../../../src/jobs/rates.ts";
import { keepHouse } from "../../../src/jobs/housekeeping.ts";
import { rates } from "../../../src/store/schema/index.ts";
import { freshStore, type FreshStore } from "../../support/store.ts";

let store: FreshStore;
beforeAll(async () => {
  store = await freshStore("postgres");
});
afterAll(() => store.close());

const START = Date.parse("2031-01-01T00:00:00Z");

/** Ms at which a greedy sender got through, asking again exactly when it was told to. */
const passedIn = async (seconds: number, take: (now: Date) => Promise<number>): Promise<number[]> => {
  const passed: number[] = [];
  for (let at = 0; at < seconds * 1000;) {
    const waitMs = await take(new Date(START + at));
    if (waitMs === 0) passed.push(at);
    at += waitMs;
  }
  return passed;
};

/** Most passes within any window that begins with one of them. */
const worst = (passed: readonly number[], windowMs: number): number =>
  Math.max(...passed.map((from) => passed.filter((at) => at >= from && at < from + windowMs).length));

describe("however greedy the sender", () => {
  test("no second has more than 30 messages, and long ones have 25 each", async () => {
    const passed = await passedIn(4, (now) => takeBotRate(store.db, 1, now));
    expect(worst(passed, 1000)).toBeLessThanOrEqual(30);
    expect(passed.length).toBeGreaterThanOrEqual(100);
  });

  test("no minute has more than 20 messages for a group", async () => {
    const passed = await passedIn(300, (now) => takeChatRate(store.db, -100, 1, now));
    expect(worst(passed, 60_000)).toBeLessThanOrEqual(20);
    expect(passed.length).toBeGreaterThanOrEqual(60);
  });

  test("an album counts as its pictures", async () => {
    const passed = await passedIn(300, (now) => takeChatRate(store.db, -200, 4, now));
    expect(worst(passed, 60_000) * 4).toBeLessThanOrEqual(20);
    expect(passed.length).toBeGreaterThanOrEqual(15);
  });

  test("a person gets short bursts, then one a second", async () => {
    const passed = await passedIn(10, (now) => takeChatRate(store.db, 7, 1, now));
    expect(passed.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 1000]);
  });
});

test("what is more than a burst passes when the chat has rested, and not never", async () => {
  expect(await takeChatRate(store.db, -300, 100, new Date(START))).toBe(0);
  const waitMs = await takeChatRate(store.db, -300, 100, new Date(START));
  expect(waitMs).toBeGreaterThan(0);
  expect(await takeChatRate(store.db, -300, 100, new Date(START + waitMs))).toBe(0);
});

test("processes that ask at the same moment share one rate", async () => {
  const now = new Date(START + 3_600_000);
  const asked = await Promise.all(Array.from({ length: 40 }, () => takeBotRate(store.db, 1, now)));
  expect(asked.filter((waitMs) => waitMs === 0)).toHaveLength(5);
});

test("a waiting message takes nothing from the others' rate", async () => {
  const now = new Date(START);
  for (let count = 0; count < 5; count += 1) await takeChatRate(store.db, 8, 1, now);
  for (let count = 0; count < 100; count += 1) await takeChatRate(store.db, 8, 1, now);
  expect(await takeChatRate(store.db, 8, 1, now)).toBe(1000);
});

test("rows of chats that have rested are swept, those in use stay", async () => {
  const now = new Date(START + 7_200_000);
  await takeChatRate(store.db, 9, 1, now);
  await keepHouse(store, now, now);
  expect((await store.db.select({ key: rates.key }).from(rates)).map(({ key }) => key)).toContain("chat:9");
  expect(await store.db.$count(rates)).toBeLessThan(3);
});
