/** Things every courtyard has: panel houses, trees, lamp posts. Built in metres, drawn by the scene's camera. */
import { dice, face, line, wall, width, type Camera, type Look, type Point } from "./paint.ts";

export type House = {
  /** Ends of the facade on the ground, left one first. */
  from: readonly [number, number];
  to: readonly [number, number];
  floors: number;
  seed: number;
  wall: string;
  seam: string;
  /** Colours of panes; picked at random, so a few may be lit. */
  panes: readonly string[];
  frame: string;
  balcony?: string;
};

const floorMetres = 2.9;

/** A panel house seen from the front: seams, windows with frames, here and there a balcony. */
export const house = (view: Camera, h: House): string => {
  const roll = dice(h.seed);
  const [ax, az] = h.from;
  const [bx, bz] = h.to;
  const length = Math.hypot(bx - ax, bz - az);
  const columns = Math.max(2, Math.round(length / 3.3));
  const top = h.floors * floorMetres + 1.1;
  const at = (share: number): readonly [number, number] => [ax + (bx - ax) * share, az + (bz - az) * share];
  const parts = [wall(view, h.from, h.to, 0, top, { fill: h.wall })];
  parts.push(wall(view, h.from, h.to, 0, 0.9, { fill: h.seam, opacity: 0.75 }));
  parts.push(wall(view, h.from, h.to, top - 0.5, top, { fill: h.seam, opacity: 0.5 }));
  for (let floor = 0; floor < h.floors; floor += 1) {
    const y = 0.9 + floor * floorMetres;
    parts.push(wall(view, h.from, h.to, y - 0.04, y + 0.04, { fill: h.seam, opacity: 0.8 }));
    for (let column = 0; column < columns; column += 1) {
      const start = column / columns;
      const unit = 1 / columns;
      parts.push(wall(view, at(start), at(start + unit * 0.018), 0, top, { fill: h.seam, opacity: 0.7 }));
      const left = at(start + unit * 0.22);
      const right = at(start + unit * 0.78);
      const middle = at(start + unit * 0.5);
      const pane = h.panes[Math.floor(roll(0, h.panes.length))] ?? "#445";
      const sill = y + 0.85;
      const head = y + 2.35;
      parts.push(wall(view, left, right, sill - 0.07, head + 0.07, { fill: h.frame }));
      parts.push(wall(view, at(start + unit * 0.245), at(start + unit * 0.755), sill, head, { fill: pane }));
      const curtain = roll(0, 1);
      if (curtain > 0.45)
        parts.push(
          wall(view, at(start + unit * 0.245), at(start + unit * (0.3 + curtain * 0.12)), sill, head, {
            fill: "#fff",
            opacity: 0.16,
          }),
        );
      parts.push(
        line(
          view,
          [
            [middle[0], sill, middle[1]],
            [middle[0], head, middle[1]],
          ],
          0.07,
          { stroke: h.frame },
        ),
      );
      if (h.balcony !== undefined && floor > 0 && column % 3 === 1) {
        parts.push(wall(view, at(start + unit * 0.12), at(start + unit * 0.9), y - 0.1, y + 1.02, { fill: h.balcony }));
        parts.push(
          wall(view, at(start + unit * 0.12), at(start + unit * 0.9), y + 0.94, y + 1.04, {
            fill: "#fff",
            opacity: 0.35,
          }),
        );
      }
    }
  }
  return parts.join("");
};

export type Tree = {
  at: Point;
  heightMetres: number;
  seed: number;
  trunk: string;
  leaves: readonly string[];
  opacity?: number;
};

/** A tree in leaf: a trunk with boughs, and a crown of many small clouds lit from above. */
export const tree = (view: Camera, { at, heightMetres, seed, trunk, leaves, opacity = 1 }: Tree): string => {
  const roll = dice(seed);
  const [x, y, z] = at;
  const parts = [boughs(view, at, heightMetres * 0.75, seed, trunk)];
  const clouds = leaves.flatMap((colour, layer) =>
    Array.from({ length: 13 }, () => {
      const angle = roll(0, Math.PI * 2);
      const reach = Math.sqrt(roll(0, 1)) * heightMetres * 0.27;
      const up = heightMetres * (0.66 + layer * 0.035) + Math.sin(angle) * reach * 0.95;
      const spot = view.spot([x + Math.cos(angle) * reach, y + up, z]);
      const size = spot.scale * heightMetres * roll(0.06, 0.115) * (1 - layer * 0.14);
      return `<ellipse cx="${spot.x.toFixed(1)}" cy="${spot.y.toFixed(1)}" rx="${size.toFixed(1)}" ry="${(size * 0.82).toFixed(1)}" fill="${colour}"/>`;
    }),
  );
  parts.push(`<g filter="url(#leafy)" opacity="${opacity}">${clouds.join("")}</g>`);
  return parts.join("");
};

/** A bare tree: the trunk forks again and again. */
export const boughs = (
  view: Camera,
  at: Point,
  heightMetres: number,
  seed: number,
  colour: string,
  depth = 3,
): string => {
  const roll = dice(seed);
  const grow = (from: Point, angle: number, length: number, thick: number, level: number): string => {
    const to: Point = [from[0] + Math.sin(angle) * length, from[1] + Math.cos(angle) * length, from[2]];
    const own = line(view, [from, to], thick, { stroke: colour });
    if (level === 0) return own;
    const forks = level > 2 ? 3 : 2;
    return (
      own +
      Array.from({ length: forks + 1 }, (_, fork) =>
        grow(to, angle + (fork - forks / 2) * roll(0.35, 0.6), length * roll(0.55, 0.75), thick * 0.58, level - 1),
      ).join("")
    );
  };
  return grow(at, roll(-0.05, 0.05), heightMetres * 0.42, heightMetres * 0.032, depth);
};

/** Grass blades, pebbles or leaves strewn over a strip of the ground. */
export const strewn = (
  view: Camera,
  seed: number,
  count: number,
  area: readonly [x1: number, z1: number, x2: number, z2: number],
  colours: readonly string[],
  sizeMetres: number,
  look: Look = {},
): string => {
  const roll = dice(seed);
  const [x1, z1, x2, z2] = area;
  return Array.from({ length: count }, () => {
    // Evenly over the picture rather than over the ground: far pieces would be too small to see.
    const z = z1 * (z2 / z1) ** roll(0, 1);
    const { x, y, scale } = view.spot([roll(x1, x2), 0, z]);
    const size = scale * sizeMetres * roll(0.5, 1.3);
    const colour = colours[Math.floor(roll(0, colours.length))] ?? "#777";
    if (x < -40 || x > width + 40 || size < 0.4) return "";
    const extra = Object.entries(look)
      .map(([name, value]) => ` ${name}="${value}"`)
      .join("");
    return `<ellipse cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" rx="${size.toFixed(1)}" ry="${(size * 0.45).toFixed(1)}" fill="${colour}" transform="rotate(${roll(-25, 25).toFixed(0)} ${x.toFixed(0)} ${y.toFixed(0)})"${extra}/>`;
  }).join("");
};

/** A shadow lying on the ground, soft-edged. */
export const shadow = (view: Camera, points: readonly Point[], strength: number): string =>
  face(view, points, { fill: "#0b1020", opacity: strength, filter: "url(#soft)" });
