/**
 * A hash by which a photo that shows an earlier picture again is found among thousands. It only says what is worth a closer look:
 * the same place seen twice may be as near as a trimmed copy, and `same-picture.ts` tells them apart.
 */
import { resample, spreadOf, toSums, WHOLE, type Grey } from "./grey.ts";

/** Hashes of a picture and its trimmed copy differ in at most about this many of their 64 bits; those of two pictures in about 32. */
export const LIKE_BITS = 20;

/** Standard deviation, in grey levels, below which a picture shows nothing that could be recognised. */
const PLAIN = 3;

const SIDE = 32;
const FREQUENCIES = 8;

/** The perceptual hash, 16 hex digits: of its 64 slowest waves, which are above their middle. Null for a picture too plain to be recognised. */
export const likenessOf = (grey: Grey): string | null => {
  const small = resample(toSums(grey), WHOLE, SIDE);
  if (spreadOf(small) < PLAIN) return null;
  const waves = slowWaves(small);
  // The first is the mean brightness, which would pull the middle.
  const middle = medianOf(waves.slice(1));
  const bits = waves.map((wave) => (wave > middle ? "1" : "0")).join("");
  return (bits.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join("");
};

const WAVES = Array.from({ length: FREQUENCIES }, (_, frequency) =>
  Array.from({ length: SIDE }, (__, x) => Math.cos((Math.PI / SIDE) * (x + 0.5) * frequency)),
);

/** The discrete cosine transform's first 8 × 8 waves. */
const slowWaves = (pixels: Float64Array): number[] =>
  WAVES.flatMap((down) =>
    WAVES.map((across) =>
      pixels.reduce((sum, pixel, at) => sum + pixel * (across[at % SIDE] ?? 0) * (down[Math.floor(at / SIDE)] ?? 0), 0),
    ),
  );

const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
