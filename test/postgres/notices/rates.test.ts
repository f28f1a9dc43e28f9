import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { holdTurns, mayBeLateMs, reserveTurn, takeChatRate } from "../../../src/jobs/rates.ts";
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

const aCity = (noticesPerSecond: number, paidBroadcast = false) => ({
  limits: { reportsPerDay: 20, noticesPerSecond, paidBroadcast },
});
const city = aCity(28);

/** Ms of the turns that many senders side by side are given, who ask again as soon as they have sent. */
const turnsIn = async (seconds: number, atRate: ReturnType<typeof aCity>): Promise<number[]> => {
  const turns: number[] = [];
  const asking = Array.from({ length: 40 }, () => 0);
  for (;;) {
    const at = Math.min(...asking);
    if (at >= seconds * 1000) return turns.filter((turn) => turn < seconds * 1000).toSorted((a, b) => a - b);
    const { isKept, inMs } = await reserveTurn(store.db, atRate, 1, new Date(START + at), 3000);
    asking[asking.indexOf(at)] = at + inMs + (isKept ? 1 : 0);
    if (isKept) turns.push(at + inMs);
  }
};

/** Most passes within any window that begins with one of them. */
const worst = (passed: readonly number[], windowMs: number): number =>
  Math.max(...passed.map((from) => passed.filter((at) => at >= from && at < from + windowMs).length));

/** The same turns, each taken as late as it may be or at once, whichever is worse. */
const unevenly = (turns: readonly number[], atRate: ReturnType<typeof aCity>, isLate: (n: number) => boolean) =>
  turns.map((turn, n) => turn + (isLate(n) ? mayBeLateMs(atRate) : 0)).toSorted((a, b) => a - b);

describe("however greedy the sender", () => {
  test.each([28, 29.5])("no second has more than 30 messages, and at %d a second hardly fewer pass", async (rate) => {
    await store.db.delete(rates);
    const passed = await turnsIn(10, aCity(rate));
    expect(worst(passed, 1000)).toBeLessThanOrEqual(30);
    expect(passed.length).toBeGreaterThanOrEqual(rate * 10 * 0.98);
    for (const late of [2, 7, 30, 31]) {
      expect(
        worst(
          unevenly(passed, aCity(rate), (n) => n % late === 0),
          1000,
        ),
      ).toBeLessThanOrEqual(30);
    }
  });

  test.each([300, 700])(
    "where the city pays for it, %d a second pass, and no second has more than 1000",
    async (rate) => {
      await store.db.delete(rates);
      const passed = await turnsIn(3, aCity(rate, true));
      expect(worst(passed, 1000)).toBeLessThanOrEqual(1000);
      expect(passed.length).toBeGreaterThanOrEqual(rate * 3 * 0.95);
      expect(passed.length).toBeLessThanOrEqual(rate * 3 * 1.05 + rate / 10);
    },
  );

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
  const asked = await Promise.all(Array.from({ length: 40 }, () => reserveTurn(store.db, city, 1, now, 3000)));
  expect(asked.every(({ isKept }) => isKept)).toBe(true);
  const turns = asked.map(({ inMs }) => inMs).toSorted((a, b) => a - b);
  expect(turns.slice(0, 4)).toEqual([0, 0, 36, 72]);
  expect(new Set(turns).size).toBe(39);
});

test("a turn that is too far away is not kept, and is told when to ask again", async () => {
  const now = new Date(START + 4_000_000);
  for (let count = 0; count < 30; count += 1) await reserveTurn(store.db, city, 1, now, 3000);
  const far = await reserveTurn(store.db, city, 1, now, 1000);
  expect(far).toEqual({ isKept: false, inMs: 29 * 36 - 1000 });
  expect(await reserveTurn(store.db, city, 1, new Date(now.getTime() + far.inMs), 1000)).toMatchObject({
    isKept: true,
  });
});

test("when Telegram asks for silence, nobody's turn comes before its end", async () => {
  const now = new Date(START + 5_000_000);
  await holdTurns(store.db, city, new Date(now.getTime() + 2000));
  expect(await reserveTurn(store.db, city, 1, now, 3000)).toEqual({ isKept: true, inMs: 2000 });
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
  const kept = await store.db.select({ key: rates.key }).from(rates);
  expect(kept.map(({ key }) => key).toSorted()).toEqual(["all", "chat:9", "silence"]);
});
