/** A pinhole camera for the sample photos: scenes are built in metres, so before and after share one perspective. */

/** Metres right of, above and in front of the point under the camera. */
export type Point = readonly [x: number, y: number, z: number];

export const width = 1280;
export const height = 960;

export type Camera = {
  /** SVG path of a polygon, cut at the camera's plane; empty when it is wholly behind. */
  path: (points: readonly Point[], closed?: boolean) => string;
  /** Where a point falls, in pixels, and how many pixels a metre there is. */
  spot: (point: Point) => { x: number; y: number; scale: number };
};

const nearest = 0.12;

/** A camera at `eye`, turned right by `yaw` and down by `pitch` (degrees); `focal` in pixels. */
export const camera = (eye: Point, yaw: number, pitch: number, focal: number): Camera => {
  const [sinYaw, cosYaw] = [Math.sin((yaw * Math.PI) / 180), Math.cos((yaw * Math.PI) / 180)];
  const [sinPitch, cosPitch] = [Math.sin((pitch * Math.PI) / 180), Math.cos((pitch * Math.PI) / 180)];

  const turn = ([px, py, pz]: Point): Point => {
    const [x, y, z] = [px - eye[0], py - eye[1], pz - eye[2]];
    const sideways = x * cosYaw - z * sinYaw;
    const ahead = x * sinYaw + z * cosYaw;
    return [sideways, y * cosPitch + ahead * sinPitch, ahead * cosPitch - y * sinPitch];
  };
  const toScreen = ([x, y, z]: Point): [number, number] => [width / 2 + (focal * x) / z, height / 2 - (focal * y) / z];

  const cut = (points: readonly Point[]): Point[] =>
    points.flatMap((a, index) => {
      const b = points[(index + 1) % points.length] ?? a;
      const kept = a[2] >= nearest ? [a] : [];
      if (a[2] >= nearest === b[2] >= nearest) return kept;
      const t = (nearest - a[2]) / (b[2] - a[2]);
      return [...kept, [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, nearest] as const];
    });

  return {
    path: (points, closed = true) => {
      const turned = points.map(turn);
      const seen = closed ? cut(turned) : turned.filter(([, , z]) => z >= nearest);
      const steps = seen.map((point, index) => {
        const [x, y] = toScreen(point);
        return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
      });
      return steps.length < 2 ? "" : `${steps.join("")}${closed ? "Z" : ""}`;
    },
    spot: (point) => {
      const turned = turn(point);
      const z = Math.max(turned[2], nearest);
      const [x, y] = toScreen([turned[0], turned[1], z]);
      return { x, y, scale: focal / z };
    },
  };
};

/** The same numbers on every run, so that drawing anew changes no file and both photos of a pair agree. */
export const dice = (seed: number): ((least: number, most: number) => number) => {
  let state = seed >>> 0;
  return (least, most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * (most - least);
  };
};
