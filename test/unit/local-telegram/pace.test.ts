import { expect, test } from "vitest";
import { createLimits } from "../../../src/local-telegram/limits.ts";
import { telegramPace } from "../../../src/local-telegram/settings.ts";

const start = Date.parse("2026-04-29T09:00:00Z");

test("an update goes to the webhook again at once, then after 2, 4, 8 seconds, and never less often than every nine minutes", () => {
  expect([1, 2, 3, 4].map(telegramPace.redeliverySeconds)).toEqual([0, 2, 4, 8]);
  expect(telegramPace.redeliverySeconds(50)).toBe(512);
});

test("no window of one second ever holds more than 30 messages, however the calls fall", () => {
  const limits = createLimits({ ...telegramPace, chatBurst: Infinity });
  const sent: number[] = [];
  for (let at = 0; at < 5_000; at += 7) if (limits.take(1, 1, new Date(start + at)) === 0) sent.push(at);
  const worst = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 1000).length));
  expect(worst).toBe(30);
});

test("what is paid for goes at up to 1000 a second, takes nothing from the free rate, and waits for the chat all the same", () => {
  const limits = createLimits({ ...telegramPace, chatBurst: Infinity });
  const now = new Date(start);
  for (let n = 0; n < 30; n += 1) expect(limits.take(1, 1, now)).toBe(0);
  expect(limits.take(1, 1, now)).toBe(1);
  for (let n = 30; n < 1000; n += 1) expect(limits.take(1, 1, now, true)).toBe(0);
  expect(limits.take(1, 1, now, true)).toBe(1);
  const next = new Date(start + 1000);
  for (let n = 0; n < 100; n += 1) expect(limits.take(1, 1, next, true)).toBe(0);
  expect(limits.take(1, 30, next)).toBe(0);
  for (let n = 0; n < 20; n += 1) expect(limits.take(-100, 1, next, true)).toBe(0);
  expect(limits.take(-100, 1, next, true)).toBe(60);
});

test("who waits as long as told is let through", () => {
  const limits = createLimits(telegramPace);
  let at = start;
  let waits = 0;
  for (let n = 0; n < 100; n += 1) {
    const seconds = limits.take(-100, 1, new Date(at));
    if (seconds === 0) continue;
    waits += 1;
    at += seconds * 1000;
    expect(limits.take(-100, 1, new Date(at))).toBe(0);
  }
  expect(waits).toBeGreaterThan(0);
});

test("a refused call counts for nothing", () => {
  const limits = createLimits({ ...telegramPace, groupPerMinute: 2 });
  expect(limits.take(-100, 2, new Date(start))).toBe(0);
  for (let n = 0; n < 10; n += 1) expect(limits.take(-100, 1, new Date(start + n))).toBe(60);
  expect(limits.take(-100, 2, new Date(start + 60_000))).toBe(0);
});
