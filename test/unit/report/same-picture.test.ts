import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { preparePhoto, toGrey } from "../../../src/jobs/prepare-photo.ts";
import type { Grey } from "../../../src/report/grey.ts";
import { LIKE_BITS } from "../../../src/report/likeness.ts";
import { isSamePicture } from "../../../src/report/same-picture.ts";
import { aJpeg, aPicture, trimmed } from "../../support/pictures.ts";

/** What the program keeps of a picture to compare it by. */
type Kept = { likeness: string | null; grey: Grey };

const keep = async (file: Uint8Array): Promise<Kept> => {
  const prepared = await preparePhoto(file);
  if (prepared === null) throw new Error("Not a picture");
  return { likeness: prepared.likeness, grey: await toGrey(prepared.thumbnail) };
};

const bitsBetween = (a: string, b: string): number => {
  let bits = 0;
  for (let left = BigInt(`0x${a}`) ^ BigInt(`0x${b}`); left > 0n; left &= left - 1n) bits += 1;
  return bits;
};

/** As the fetching job decides: first by the hash, then by the closer look. */
const isReused = (a: Kept, b: Kept): boolean =>
  a.likeness !== null &&
  b.likeness !== null &&
  bitsBetween(a.likeness, b.likeness) <= LIKE_BITS &&
  isSamePicture(a.grey, b.grey);

const SHELF = "src/local-telegram/page/shelf";
const PAIRS = [
  ["pothole", "pothole-repaired"],
  ["lamp-broken", "lamp-lit"],
  ["bins-overflowing", "bins-emptied"],
  ["pavement-ice", "pavement-sanded"],
  ["bench-broken", "bench-repaired"],
  ["facade-graffiti", "facade-clean"],
] as const;

const shelf = (name: string): Promise<Buffer> => readFile(`${SHELF}/${name}.jpg`);

// Each test compares with the same originals.
const originals: Promise<{ name: string; file: Buffer; kept: Kept }[]> = (async () => {
  const drawn = await Promise.all(PAIRS.flat().map(async (name) => ({ name, file: await shelf(name) })));
  const made = Array.from({ length: 6 }, async (_, seed) => ({ name: `seed ${seed}`, file: await aPicture(seed) }));
  const all = [...drawn, ...(await Promise.all(made))];
  return Promise.all(all.map(async (one) => ({ ...one, kept: await keep(one.file) })));
})();

const COPIES: Record<string, (jpeg: Uint8Array) => Promise<Uint8Array>> = {
  "compressed anew": (jpeg) => sharp(jpeg).jpeg({ quality: 25 }).toBuffer(),
  "resized to a third": (jpeg) => sharp(jpeg).resize(260).jpeg().toBuffer(),
  enlarged: (jpeg) => sharp(jpeg).resize(1700).jpeg().toBuffer(),
  "trimmed by 5 % on every side": (jpeg) => trimmed(jpeg, { left: 0.05, top: 0.05, right: 0.05, bottom: 0.05 }),
  "trimmed by 5 % of each side": (jpeg) => trimmed(jpeg, { left: 0.025, top: 0.025, right: 0.025, bottom: 0.025 }),
  "trimmed on the left": (jpeg) => trimmed(jpeg, { left: 0.05 }),
  "trimmed below": (jpeg) => trimmed(jpeg, { bottom: 0.05 }),
  "trimmed in a corner": (jpeg) => trimmed(jpeg, { right: 0.05, top: 0.05 }),
  "trimmed, resized and compressed anew": async (jpeg) =>
    sharp(await trimmed(jpeg, { left: 0.05, bottom: 0.05 }))
      .resize(500)
      .jpeg({ quality: 40 })
      .toBuffer(),
  "turned grey": (jpeg) => sharp(jpeg).greyscale().jpeg().toBuffer(),
};

describe("a picture shown again is found", { timeout: 60_000 }, () => {
  test.each(Object.entries(COPIES))("%s", async (_, copy) => {
    const missed: string[] = [];
    for (const { name, file, kept } of await originals) {
      if (!isReused(await keep(await copy(file)), kept)) missed.push(name);
    }
    expect(missed).toEqual([]);
  });
});

test("the same place before and after the work is not one picture, trimmed or not", { timeout: 60_000 }, async () => {
  const alarms: string[] = [];
  for (const [before, after] of PAIRS) {
    const [seen, done] = [await shelf(before), await shelf(after)];
    const trim = { left: 0.05, top: 0.05, right: 0.05, bottom: 0.05 };
    for (const other of [
      done,
      await trimmed(done, trim),
      await sharp(done).resize(400).jpeg({ quality: 40 }).toBuffer(),
    ])
      if (isSamePicture((await keep(seen)).grey, (await keep(other)).grey)) alarms.push(before);
  }
  expect(alarms).toEqual([]);
});

test("200 different pictures raise no alarm", { timeout: 120_000 }, async () => {
  const kept: Kept[] = [];
  for (let seed = 100; seed < 300; seed += 1) kept.push(await keep(await aPicture(seed)));
  const alarms: string[] = [];
  for (const [at, one] of kept.entries()) {
    for (const [after, other] of kept.slice(at + 1).entries()) {
      if (isReused(one, other)) alarms.push(`${at} and ${at + 1 + after}`);
    }
  }
  expect(kept.filter(({ likeness }) => likeness === null)).toEqual([]);
  expect(alarms).toEqual([]);
});

test("a picture with nothing in it is like no other", async () => {
  expect((await keep(await aJpeg(800, 600, "#101010"))).likeness).toBeNull();
});
