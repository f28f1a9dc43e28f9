import type { Point } from "./schema.ts";

const METERS_PER_DEGREE = 111_195;

/** Meters east and north of `origin` on a plane: exact to a thousandth within a city, and far cheaper than a sphere. */
export const toPlane = (origin: Point, point: Point): [x: number, y: number] => [
  (point.lon - origin.lon) * METERS_PER_DEGREE * Math.cos((origin.lat * Math.PI) / 180),
  (point.lat - origin.lat) * METERS_PER_DEGREE,
];

/** Distance in meters, for points of one city. */
export const metersBetween = (a: Point, b: Point): number => Math.hypot(...toPlane(a, b));

/** Distance in meters from the point to the nearest place of the line; Infinity for an empty line. */
export const metersToLine = (point: Point, line: readonly Point[]): number => {
  let nearest = Infinity;
  line.forEach((vertex, i) => {
    const [ax, ay] = toPlane(point, line[i - 1] ?? vertex);
    const [bx, by] = toPlane(point, vertex);
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const part = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
    nearest = Math.min(nearest, Math.hypot(ax + part * dx, ay + part * dy));
  });
  return nearest;
};

/** The place that is `part` (0…1) of the way from `a` to `b`. */
export const between = (a: Point, b: Point, part: number): Point => ({
  lat: a.lat + (b.lat - a.lat) * part,
  lon: a.lon + (b.lon - a.lon) * part,
});

/** Sides in degrees, as an index over places is asked. */
export type Box = { south: number; north: number; west: number; east: number };

/** The smallest box with everything within so many meters of the place in it; its corners lie further off. */
export const boxAround = ({ lat, lon }: Point, meters: number): Box => {
  const high = meters / METERS_PER_DEGREE;
  // At a pole every place is near, whichever way it lies.
  const wide = Math.min(360, high / Math.cos((lat * Math.PI) / 180));
  return { south: lat - high, north: lat + high, west: lon - wide, east: lon + wide };
};
