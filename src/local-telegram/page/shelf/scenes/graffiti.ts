/** What was sprayed on the facade, stroke by stroke. */
import { dice, type Camera, type Point } from "../paint.ts";

/** Points along and up the wall in metres, the colour, the thickness in metres, and a seed for the drips. */
type Stroke = readonly [points: readonly (readonly [number, number])[], colour: string, thick: number, seed: number];

/** A sprayed stroke: a soft cloud, a firm core, and paint running down from it. */
const spray = (view: Camera, z: number, [points, colour, thick, seed]: Stroke): string => {
  const on: Point[] = points.map(([x, y]) => [x, y, z - 0.012]);
  const spots = on.map((point) => view.spot(point));
  const d = spots
    .map(({ x, y }, index) => {
      const before = spots[index - 1];
      if (before === undefined) return `M${x.toFixed(0)} ${y.toFixed(0)}`;
      return `Q${before.x.toFixed(0)} ${before.y.toFixed(0)} ${((before.x + x) / 2).toFixed(0)} ${((before.y + y) / 2).toFixed(0)}`;
    })
    .join("");
  const scale = view.spot(on[0] ?? [0, 0, z]).scale;
  const roll = dice(seed);
  const drips = spots
    .filter((_, index) => index % 2 === 1)
    .map(
      ({ x, y }) =>
        `<path d="M${x} ${y}v${(scale * roll(0.12, 0.5)).toFixed(0)}" stroke="${colour}" stroke-width="${(scale * 0.022).toFixed(1)}" stroke-linecap="round" opacity="0.85"/>`,
    )
    .join("");
  const stroke = (size: number, opacity: number, extra: string): string =>
    `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${(scale * size).toFixed(1)}" stroke-linecap="round" stroke-linejoin="round" opacity="${opacity}"${extra}/>`;
  return stroke(thick * 2.4, 0.28, ' filter="url(#soft)"') + stroke(thick, 0.94, ' filter="url(#crumble)"') + drips;
};

/** Points of a circle on the wall, a little past its beginning, as a hand closes it. */
const loop = (x: number, y: number, radius: number, turns = 1.1): [number, number][] =>
  Array.from({ length: 14 }, (_, index): [number, number] => {
    const angle = (index / 13) * Math.PI * 2 * turns + 0.6;
    return [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
  });

const strokes: readonly Stroke[] = [
  [loop(-1.35, 1.7, 0.72), "#1f2f9c", 0.15, 1],
  [
    [
      [-1.85, 1.5],
      [-1.6, 1.28],
      [-1.3, 1.2],
      [-1.0, 1.3],
      [-0.85, 1.55],
    ],
    "#1f2f9c",
    0.12,
    2,
  ],
  [
    [
      [-1.62, 1.86],
      [-1.6, 2.02],
      [-1.58, 1.9],
    ],
    "#1f2f9c",
    0.14,
    9,
  ],
  [
    [
      [-1.12, 1.86],
      [-1.1, 2.02],
      [-1.08, 1.9],
    ],
    "#1f2f9c",
    0.14,
    10,
  ],
  [
    [
      [-2.05, 2.55],
      [-1.95, 3.0],
      [-1.7, 2.7],
      [-1.4, 3.12],
      [-1.1, 2.7],
      [-0.85, 3.0],
      [-0.7, 2.55],
    ],
    "#d4317a",
    0.1,
    3,
  ],
  [
    [
      [-0.3, 1.0],
      [-0.1, 2.3],
      [0.05, 1.1],
      [0.3, 2.2],
      [0.45, 1.0],
      [0.75, 1.9],
      [0.9, 0.9],
      [1.4, 1.1],
      [2.2, 0.95],
    ],
    "#d4317a",
    0.1,
    11,
  ],
  [
    [
      [-3.5, 0.9],
      [-3.1, 1.6],
      [-2.8, 0.9],
      [-2.5, 1.5],
      [-2.3, 0.85],
    ],
    "#15171b",
    0.1,
    4,
  ],
  [
    [
      [0.5, 0.3],
      [1.0, 0.5],
      [1.5, 0.28],
      [2.1, 0.48],
    ],
    "#17864a",
    0.09,
    6,
  ],
  [
    [
      [3.3, 1.0],
      [3.5, 1.8],
      [3.9, 1.1],
      [4.1, 1.9],
      [4.3, 1.0],
    ],
    "#e8e4da",
    0.06,
    7,
  ],
  [loop(5.05, 1.5, 0.3, 2.2), "#15171b", 0.06, 8],
];

/** The strokes on a wall that stands `z` metres ahead. */
export const scrawl = (view: Camera, z: number): string => strokes.map((stroke) => spray(view, z, stroke)).join("");
