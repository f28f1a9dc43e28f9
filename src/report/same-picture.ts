/**
 * The closer look: whether two photos are one picture, though one was compressed anew, resized, brightened or trimmed at its edges.
 * One is laid over the other as well as it fits, and then no part of it may differ by more than it contains: the same place before
 * and after a repair fits just as well, and differs where the work was done.
 */
import { meanOf, resample, toSums, WHOLE, type Grey, type Sums, type Window } from "./grey.ts";

/** What may be trimmed from each edge, in fractions of the side: 5 %, with room for rounding. */
const TRIM = 0.07;
const COARSE_TRIMS = [0, TRIM / 3, (TRIM * 2) / 3, TRIM];
const COARSE_SIDE = 16;
const FINE_STEPS = [0.012, 0.006, 0.003, 0.0015];
const FINE_SIDE = 32;

/** Beyond this the coarse fit is none, and need not be made finer. */
const NO_FIT = 0.3;
/** How much of all contrast may stay unexplained. */
const MAY_DIFFER = 0.05;
/** How much brighter or of more contrast a copy may have been made. */
const MAY_BRIGHTEN = 1.35;

const CLOSE_SIDE = 48;
const PART_SIDE = 6;
/** Grey levels that compression changes even where there is nothing to see. */
const NOISE = 4;
/** How many times its own contrast a part may differ: hard edges come to 1.2, the smallest repair that was tried to 3. */
const MAY_EXCEED = 2;

/** Whether one of the pictures is a copy of the other; symmetrical. Takes up to some 100 ms. */
export const isSamePicture = (a: Grey, b: Grey): boolean => {
  const [first, second] = [toSums(a), toSums(b)];
  return isPartOf(first, second) || isPartOf(second, first);
};

const isPartOf = (part: Sums, whole: Sums): boolean => {
  const window = bestWindow(part, whole);
  if (window === null) return false;
  const [seen, meant] = [resample(part, WHOLE, CLOSE_SIDE), resample(whole, window, CLOSE_SIDE)];
  const { gain, offset } = brightening(meant, seen);
  if (gain > MAY_BRIGHTEN || gain < 1 / MAY_BRIGHTEN) return false;
  const difference = seen.map((pixel, at) => pixel - gain * (meant[at] ?? 0) - offset);
  return PARTS.every((pixels) => {
    const contrast = variance(pixels.map((at) => seen[at] ?? 0));
    const differs = pixels.reduce((sum, at) => sum + (difference[at] ?? 0) ** 2, 0) / pixels.length;
    return differs <= MAY_EXCEED * (contrast + NOISE ** 2);
  });
};

/** Where in the whole the part fits best; null where it does not fit at all. */
const bestWindow = (part: Sums, whole: Sums): Window | null => {
  const coarse = resample(part, WHOLE, COARSE_SIDE);
  let best = { window: WHOLE, unlike: Infinity };
  for (const window of COARSE_WINDOWS) {
    const unlike = unlikeness(coarse, resample(whole, window, COARSE_SIDE));
    if (unlike < best.unlike) best = { window, unlike };
  }
  if (best.unlike > NO_FIT) return null;
  const fine = resample(part, WHOLE, FINE_SIDE);
  const tried = (window: Window) => ({ window, unlike: unlikeness(fine, resample(whole, window, FINE_SIDE)) });
  best = tried(best.window);
  for (const step of FINE_STEPS) {
    for (let isBetter = true; isBetter;) {
      const next = neighbours(best.window, step).map(tried);
      const nearest = next.reduce((one, other) => (other.unlike < one.unlike ? other : one), best);
      isBetter = nearest !== best;
      best = nearest;
    }
  }
  return best.unlike > MAY_DIFFER ? null : best.window;
};

const COARSE_WINDOWS: readonly Window[] = COARSE_TRIMS.flatMap((left) =>
  COARSE_TRIMS.flatMap((top) =>
    COARSE_TRIMS.flatMap((right) =>
      COARSE_TRIMS.map((bottom) => ({ left, top, right: 1 - right, bottom: 1 - bottom })),
    ),
  ),
);

/** The windows with one edge or both of a direction moved by a step, as far as edges may go. */
const neighbours = (window: Window, step: number): Window[] =>
  MOVES.map(([left, top, right, bottom]) => ({
    left: within(window.left + left * step, 0, TRIM),
    top: within(window.top + top * step, 0, TRIM),
    right: within(window.right + right * step, 1 - TRIM, 1),
    bottom: within(window.bottom + bottom * step, 1 - TRIM, 1),
  }));

const MOVES = [-1, 1].flatMap(
  (by) =>
    [
      [by, 0, 0, 0],
      [0, by, 0, 0],
      [0, 0, by, 0],
      [0, 0, 0, by],
      [by, 0, by, 0],
      [0, by, 0, by],
      [by, 0, -by, 0],
      [0, by, 0, -by],
      [by, by, -by, -by],
    ] as const,
);

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The share of contrast that one picture does not explain in the other: 0 for the same up to brightness, 1 for nothing in common. */
const unlikeness = (a: Float64Array, b: Float64Array): number => {
  const { aa, bb, ab } = products(a, b);
  return ab <= 0 || aa === 0 || bb === 0 ? 1 : 1 - (ab * ab) / (aa * bb);
};

/** What makes `from` as bright, and of as much contrast, as `to`. */
const brightening = (from: Float64Array, to: Float64Array): { gain: number; offset: number } => {
  const { aa, ab } = products(from, to);
  const gain = aa === 0 ? 1 : ab / aa;
  return { gain, offset: meanOf(to) - gain * meanOf(from) };
};

const products = (a: Float64Array, b: Float64Array): { aa: number; bb: number; ab: number } => {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [aa, bb, ab] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 1) {
    const [inA, inB] = [(a[at] ?? 0) - meanA, (b[at] ?? 0) - meanB];
    aa += inA * inA;
    bb += inB * inB;
    ab += inA * inB;
  }
  return { aa, bb, ab };
};

const variance = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
};

/** The parts of a picture, overlapping by half, each as the places of its pixels. */
const PARTS: readonly number[][] = (() => {
  const count = (CLOSE_SIDE - PART_SIDE) / (PART_SIDE / 2) + 1;
  const starts = Array.from({ length: count }, (_, at) => (at * PART_SIDE) / 2);
  return starts.flatMap((top) =>
    starts.map((left) =>
      Array.from(
        { length: PART_SIDE ** 2 },
        (_, at) => (top + Math.floor(at / PART_SIDE)) * CLOSE_SIDE + left + (at % PART_SIDE),
      ),
    ),
  );
})();
