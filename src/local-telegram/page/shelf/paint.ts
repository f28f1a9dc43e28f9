/** Brushes of the sample photos: surfaces, light and texture that several scenes share, as SVG text. */
import { camera, dice, height, width, type Camera, type Point } from "./camera.ts";

export { camera, dice, width };
export type { Camera, Point };

/** Attributes as SVG text, e.g. `fill`, `opacity`, `filter`. */
export type Look = Readonly<Record<string, string | number>>;

const attributes = (look: Look): string =>
  Object.entries(look)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");

/** A polygon in the scene. */
export const face = (view: Camera, points: readonly Point[], look: Look): string => {
  const d = view.path(points);
  return d === "" ? "" : `<path d="${d}"${attributes(look)}/>`;
};

/** A line in the scene; its thickness is given in metres and taken where it starts. */
export const line = (view: Camera, points: readonly Point[], metres: number, look: Look): string => {
  const [first] = points;
  const d = view.path(points, false);
  if (d === "" || first === undefined) return "";
  const thickness = Math.max(0.6, view.spot(first).scale * metres).toFixed(2);
  return `<path d="${d}" fill="none" stroke-width="${thickness}" stroke-linecap="round" stroke-linejoin="round"${attributes(look)}/>`;
};

/** A flat rectangle on the ground. */
export const ground = (view: Camera, x1: number, z1: number, x2: number, z2: number, look: Look, y = 0): string =>
  face(
    view,
    [
      [x1, y, z1],
      [x2, y, z1],
      [x2, y, z2],
      [x1, y, z2],
    ],
    look,
  );

/** A rectangle standing upright, between two points of the ground, from `y1` up to `y2`. */
export const wall = (
  view: Camera,
  [ax, az]: readonly [number, number],
  [bx, bz]: readonly [number, number],
  y1: number,
  y2: number,
  look: Look,
): string =>
  face(
    view,
    [
      [ax, y1, az],
      [bx, y1, bz],
      [bx, y2, bz],
      [ax, y2, az],
    ],
    look,
  );

/** Colours of a box: its front, its side and its top. */
export type BoxColours = { front: string; side: string; top: string };

/** A box with its front towards the camera. */
export const box = (view: Camera, from: Point, to: Point, colours: BoxColours, look: Look = {}): string => {
  const [x1, y1, z1] = from;
  const [x2, y2, z2] = to;
  const left = view.spot([x1, y1, z1]).x > width / 2;
  const sideX = left ? x1 : x2;
  return [
    wall(view, [sideX, z2], [sideX, z1], y1, y2, { fill: colours.side, ...look }),
    ground(view, x1, z1, x2, z2, { fill: colours.top, ...look }, y2),
    wall(view, [x1, z1], [x2, z1], y1, y2, { fill: colours.front, ...look }),
  ].join("");
};

/** A ring of ground points around a centre, uneven as broken asphalt or a puddle is. */
export const blot = (seed: number, x: number, z: number, rx: number, rz: number, rough: number, y = 0): Point[] => {
  const roll = dice(seed);
  const corners = 34;
  return Array.from({ length: corners }, (_, index): Point => {
    const angle = (index / corners) * Math.PI * 2;
    const reach = 1 + roll(-rough, rough);
    return [x + Math.cos(angle) * rx * reach, y, z + Math.sin(angle) * rz * reach];
  });
};

/** Filters used by name: grain of materials, soft shadows, rough edges; and masks that fade a grain with distance. */
const filters = `
<linearGradient id="fade-near" x1="0" y1="0" x2="0" y2="1"><stop offset="0.26" stop-color="#000"/><stop offset="0.62" stop-color="#fff"/></linearGradient>
<linearGradient id="fade-far" x1="0" y1="0" x2="0" y2="1"><stop offset="0.3" stop-color="#fff"/><stop offset="0.75" stop-color="#222"/></linearGradient>
<mask id="mask-near"><rect width="1280" height="960" fill="url(#fade-near)"/></mask>
<mask id="mask-far"><rect width="1280" height="960" fill="url(#fade-far)"/></mask>
<filter id="soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="7"/></filter>
<filter id="softer" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="22"/></filter>
<filter id="glow" x="-100%" y="-100%" width="300%" height="300%"><feGaussianBlur stdDeviation="46"/></filter>
<filter id="haze" x="-5%" y="-5%" width="110%" height="110%"><feGaussianBlur stdDeviation="1.6"/></filter>
<filter id="rough" x="-10%" y="-10%" width="120%" height="120%"><feTurbulence type="fractalNoise" baseFrequency="0.045" numOctaves="3" seed="4"/><feDisplacementMap in="SourceGraphic" scale="13" xChannelSelector="R" yChannelSelector="G"/></filter>
<filter id="crumble" x="-10%" y="-10%" width="120%" height="120%"><feTurbulence type="fractalNoise" baseFrequency="0.12" numOctaves="2" seed="9"/><feDisplacementMap in="SourceGraphic" scale="9" xChannelSelector="R" yChannelSelector="G"/></filter>
<filter id="leafy" x="-20%" y="-20%" width="140%" height="140%"><feTurbulence type="fractalNoise" baseFrequency="0.055" numOctaves="4" seed="12"/><feDisplacementMap in="SourceGraphic" scale="46" xChannelSelector="R" yChannelSelector="B"/></filter>
<filter id="stone-near" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.16 0.3" numOctaves="3" seed="21"/><feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0.9 0.9 0 0 -0.72"/></filter>
<filter id="stone-far" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.3 0.9" numOctaves="2" seed="8"/><feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  0.9 0.9 0 0 -0.74"/></filter>
<filter id="stains" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.004 0.02" numOctaves="4" seed="31"/><feColorMatrix values="0 0 0 0 0.05  0 0 0 0 0.06  0 0 0 0 0.08  1.6 0 0 0 -0.72"/></filter>
<filter id="plaster" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.012 0.03" numOctaves="5" seed="17"/><feColorMatrix values="0 0 0 0 0.2  0 0 0 0 0.15  0 0 0 0 0.1  1.4 0 0 0 -0.62"/></filter>
<filter id="film" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.7" numOctaves="1" seed="3"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0 0.5  0.7 0 0 0 -0.24"/></filter>`;

/** A texture laid over a clip path, by the name of its filter; it may fade towards the horizon or towards the viewer. */
export const texture = (clip: string, filter: string, opacity: number, fading: "" | "near" | "far" = ""): string =>
  `<g clip-path="url(#${clip})"><rect width="${width}" height="${height}" filter="url(#${filter})" opacity="${opacity}"${fading === "" ? "" : ` mask="url(#mask-${fading})"`}/></g>`;

/** A clip path of a polygon of the scene. */
export const clip = (id: string, d: string): string => `<clipPath id="${id}"><path d="${d}"/></clipPath>`;

/** A vertical gradient from `[offset, colour]` pairs. */
export const fade = (id: string, stops: readonly (readonly [number, string])[], horizontal = false): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="${horizontal ? 1 : 0}" y2="${horizontal ? 0 : 1}">${stops
    .map(([offset, colour]) => `<stop offset="${offset}" stop-color="${colour}"/>`)
    .join("")}</linearGradient>`;

/** A round gradient that fades to nothing: lamps, sun, dark corners. */
export const halo = (id: string, colour: string, strength: number): string =>
  `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${strength}"/><stop offset="0.45" stop-color="${colour}" stop-opacity="${strength * 0.38}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`;

/** Darker corners and a little grain, as any phone's picture has. */
const lens = (strength: number): string =>
  `<radialGradient id="corners" cx="0.5" cy="0.46" r="0.78"><stop offset="0.55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#0a0d14" stop-opacity="${strength}"/></radialGradient><rect width="${width}" height="${height}" fill="url(#corners)"/><rect width="${width}" height="${height}" filter="url(#film)" opacity="0.1"/>`;

/** A whole picture. */
export const picture = (defs: string, body: string, corners = 0.34): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${filters}${defs}</defs>${body}${lens(corners)}</svg>`;
