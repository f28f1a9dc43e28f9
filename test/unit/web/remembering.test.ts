import { expect, test } from "vitest";
import { remembering } from "../../../src/web/remembering.ts";

const counting = () => {
  const state = { asked: 0 };
  return { state, ask: async (): Promise<number> => (state.asked += 1) };
};

test("an answer holds for its time, for everybody who asks the same", async () => {
  const clock = { now: 0 };
  const remember = remembering<number>({ ms: 1000, wireNow: () => clock.now });
  const { ask } = counting();
  expect(await Promise.all([remember("a", ask), remember("a", ask)])).toEqual([1, 1]);
  expect(await remember("b", ask)).toBe(2);
  clock.now = 999;
  expect(await remember("a", ask)).toBe(1);
  clock.now = 1000;
  expect(await remember("a", ask)).toBe(3);
});

test("a failure is not remembered", async () => {
  const remember = remembering<number>({ ms: 1000 });
  await expect(remember("a", () => Promise.reject(new Error("once")))).rejects.toThrow("once");
  expect(await remember("a", () => Promise.resolve(7))).toBe(7);
});

test("it remembers no more than it may, and nothing without time", async () => {
  const remember = remembering<number>({ ms: 1000, most: 2 });
  const { state, ask } = counting();
  for (const key of ["a", "b", "c", "a"]) await remember(key, ask);
  expect(state.asked).toBe(4);
  await remember("c", ask);
  expect(state.asked).toBe(4);
  const forgetful = remembering<number>({ ms: 0 });
  expect([await forgetful("a", ask), await forgetful("a", ask)]).toEqual([5, 6]);
});
