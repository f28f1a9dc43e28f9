/** A small plan of the streets around a place, out of the city's own files: it needs no tiles, no scripts and no network. */
import { toPlane } from "../city/geometry.ts";
import type { City, Point } from "../city/schema.ts";
import { textIn } from "../city/text.ts";

/** Pixels from the plan's upper left corner. */
type Spot = readonly [x: number, y: number];

/** Streets as lines to draw, some of them with a name and the place and angle (in degrees) to write it at. */
export type PlacePlan = {
  width: number;
  height: number;
  streets: { line: Spot[]; label: { text: string; at: Spot; angle: number } | null }[];
};

const SIZE = { width: 640, height: 360 } as const;
/** Half of what the plan shows from west to east. */
const REACH_METERS = 450;
/** Of the page's 22 pixels; a phone shows the plan at little more than half its size. */
const LETTER_WIDTH = 12.5;

/** The plan with the place in its middle; null where the city's files know no street nearby. */
export const drawPlacePlan = (
  city: Pick<City, "streets" | "locales">,
  middle: Point,
  locale: string,
): PlacePlan | null => {
  const { width, height } = SIZE;
  const scale = width / 2 / REACH_METERS;
  const toSpot = (point: Point): Spot => {
    const [east, north] = toPlane(middle, point);
    return [Math.round(width / 2 + east * scale), Math.round(height / 2 - north * scale)];
  };
  const named = new Set<string>();
  const streets = city.streets.flatMap(({ name, line }) => {
    const spots = line.map(toSpot);
    const seen = longestSeen(spots);
    if (seen === null) return [];
    const text = textIn(city, name, locale);
    const hasRoom = seen.length > text.length * LETTER_WIDTH + 24 && !named.has(text);
    if (hasRoom) named.add(text);
    return [{ line: spots, label: hasRoom ? { text, at: seen.middle, angle: seen.angle } : null }];
  });
  return streets.length === 0 ? null : { width, height, streets };
};

type Seen = { length: number; middle: Spot; angle: number };

/** The longest straight piece of a line that lies within the plan; null when none does. */
const longestSeen = (line: readonly Spot[]): Seen | null => {
  let longest: Seen | null = null;
  for (const [index, from] of line.entries()) {
    const to = line[index + 1];
    const piece = to === undefined ? null : within(from, to);
    if (piece === null) continue;
    const [[x1, y1], [x2, y2]] = piece;
    const length = Math.hypot(x2 - x1, y2 - y1);
    if (longest !== null && length <= longest.length) continue;
    const angle = Math.round((Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI);
    // Written from left to right, whichever way the line was drawn.
    const upright = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
    longest = { length, middle: [Math.round((x1 + x2) / 2), Math.round((y1 + y2) / 2)], angle: upright };
  }
  return longest;
};

/** The part of a straight piece inside the plan, by Liang and Barsky; null when it passes by. */
const within = ([x1, y1]: Spot, [x2, y2]: Spot): readonly [Spot, Spot] | null => {
  const [dx, dy] = [x2 - x1, y2 - y1];
  let [enter, leave] = [0, 1];
  const sides = [
    [-dx, x1],
    [dx, SIZE.width - x1],
    [-dy, y1],
    [dy, SIZE.height - y1],
  ] as const;
  for (const [towards, distance] of sides) {
    if (towards === 0) {
      if (distance < 0) return null;
      continue;
    }
    const share = distance / towards;
    if (towards < 0) enter = Math.max(enter, share);
    else leave = Math.min(leave, share);
  }
  if (enter >= leave) return null;
  return [
    [x1 + dx * enter, y1 + dy * enter],
    [x1 + dx * leave, y1 + dy * leave],
  ];
};
