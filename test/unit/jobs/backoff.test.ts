import { expect, test } from "vitest";
import { backoffMs } from "../../../src/jobs/backoff.ts";

const waits = (random: () => number): number[] =>
  Array.from({ length: 12 }, (_, attempts) => backoffMs(attempts, random));

test("waits double, ten minutes at most however often it failed", () => {
  const longest = [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 600_000, 600_000];
  expect(waits(() => 1 - Number.EPSILON)).toEqual(longest);
  expect(backoffMs(5000, () => 1 - Number.EPSILON)).toBe(600_000);
});

test("chance takes at most half of a wait, so that what failed together is not tried together", () => {
  expect(waits(() => 0)).toEqual(waits(() => 1 - Number.EPSILON).map((longest) => longest / 2));
});

test("whole milliseconds, which timers and the database keep", () => {
  expect(waits(() => 0.123_456_789).filter((wait) => !Number.isInteger(wait))).toEqual([]);
});
