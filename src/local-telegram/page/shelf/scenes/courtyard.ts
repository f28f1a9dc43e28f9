/** A courtyard path at nightfall: the lamp dead and bent, and the lamp burning. */
import { boughs, house, strewn } from "../city-parts.ts";
import {
  blot,
  box,
  camera,
  clip,
  face,
  fade,
  ground,
  halo,
  line,
  picture,
  texture,
  wall,
  type Point,
} from "../paint.ts";

const view = camera([0.2, 1.65, 0], 2, 5, 860);
const post = { x: 1.5, z: 7.6, top: 3.7 };

const dark = ["#18202e", "#1c2535", "#141b28", "#202b3d"];
const lit = ["#e9b566", "#f2c988", "#d99a4a"];

const backdrop = (): string => {
  const left = house(view, {
    from: [-7.6, 6],
    to: [-7.6, 40],
    floors: 5,
    seed: 23,
    wall: "#353c4c",
    seam: "#272d3b",
    panes: [...dark, ...dark, "#c78f49", "#e0ae66"],
    frame: "#4b5263",
    balcony: "#2d3443",
  });
  const far = house(view, {
    from: [-16, 42],
    to: [26, 42],
    floors: 9,
    seed: 31,
    wall: "#3f485b",
    seam: "#333b4c",
    panes: [...dark, ...dark, ...lit],
    frame: "#566074",
    balcony: "#384154",
  });
  return `<rect width="1280" height="560" fill="url(#dusk)"/><ellipse cx="760" cy="400" rx="720" ry="130" fill="#f0a070" opacity="0.3" filter="url(#glow)"/><g filter="url(#haze)">${far}</g>${left}`;
};

const yard = (): string => {
  const path: Point[] = [
    [-1.7, 0, 0.3],
    [1.0, 0, 0.3],
    [0.8, 0, 9],
    [1.6, 0, 20],
    [0.4, 0, 20],
    [-1.3, 0, 9],
  ];
  const d = view.path(path);
  return [
    ground(view, -40, 0.3, 40, 60, { fill: "url(#grass)" }),
    strewn(view, 12, 900, [-9, 1.2, 9, 26], ["#2a3a30", "#22312a", "#34463a"], 0.05),
    `<path d="${d}" fill="url(#path)"/>${clip("path-clip", d)}${texture("path-clip", "stone-near", 0.6, "near")}${texture("path-clip", "stains", 0.5)}`,
    ...[-1, 1].map((side) => face(view, kerb(side), { fill: "#656c7b", opacity: 0.9 })),
    car(-4.6, 12, "#2b3547"),
    car(-4.7, 18, "#3a2f38"),
    fence(),
  ].join("");
};

/** The stone edge of the path, on the left (-1) or right (1). */
const kerb = (side: number): Point[] => {
  const edge = side < 0 ? [-1.7, -1.3, 0.4] : [1, 0.8, 1.6];
  const [near = 0, bend = 0, far = 0] = edge;
  return [
    [near, 0.02, 0.3],
    [bend, 0.02, 9],
    [far, 0.02, 20],
    [far + side * 0.14, 0.02, 20],
    [bend + side * 0.14, 0.02, 9],
    [near + side * 0.14, 0.02, 0.3],
  ];
};

const car = (x: number, z: number, colour: string): string =>
  [
    face(view, blot(3, x + 0.9, z + 2, 1.5, 2.4, 0.02), { fill: "#060a12", opacity: 0.5, filter: "url(#soft)" }),
    box(view, [x, 0.28, z], [x + 1.75, 0.86, z + 4.2], { front: colour, side: "#1c2433", top: "#4a566b" }),
    box(view, [x + 0.16, 0.86, z + 0.9], [x + 1.6, 1.42, z + 3.3], { front: "#121926", side: "#18202e", top: colour }),
    wall(view, [x + 0.12, z], [x + 0.42, z], 0.55, 0.68, { fill: "#8d3a35" }),
    wall(view, [x + 1.33, z], [x + 1.63, z], 0.55, 0.68, { fill: "#8d3a35" }),
    wall(view, [x + 0.1, z], [x + 0.42, z], 0.02, 0.34, { fill: "#0b0e14" }),
    wall(view, [x + 1.33, z], [x + 1.65, z], 0.02, 0.34, { fill: "#0b0e14" }),
  ].join("");

const fence = (): string =>
  Array.from({ length: 46 }, (_, index) =>
    line(
      view,
      [
        [2.7, 0, 4 + index * 0.35],
        [2.7, 0.55, 4 + index * 0.35],
      ],
      0.03,
      { stroke: "#4d5a52" },
    ),
  ).join("") +
  line(
    view,
    [
      [2.7, 0.5, 4],
      [2.7, 0.5, 20],
    ],
    0.035,
    { stroke: "#5c6a61" },
  );

const trees = (): string =>
  [
    [-3.4, 9, 6.4],
    [4.6, 11, 7.4],
    [6.2, 7.4, 8],
    [3.9, 17, 7],
    [-4.4, 24, 7],
  ]
    .map(([x = 0, z = 0, tall = 7], index) => boughs(view, [x, 0, z], tall, 40 + index, "#161c27", 4))
    .join("");

const lamp = (isLit: boolean): string => {
  const { x, z, top } = post;
  const bend = isLit ? 0 : 0.34;
  const head: Point = [x - 0.95, top + 0.28 - bend * 1.5, z];
  const pole = line(view, [[x, 0, z], [x, 2.4, z], [x - bend * 0.35, top, z], head], 0.1, {
    stroke: isLit ? "#6d6a62" : "#7c879b",
  });
  const foot = box(view, [x - 0.16, 0, z - 0.1], [x + 0.16, 0.5, z + 0.1], {
    front: "#3a4150",
    side: "#2b313d",
    top: "#4d5566",
  });
  const { x: hx, y: hy, scale } = view.spot(head);
  const tilt = isLit ? 4 : 38;
  const glass = isLit ? "#fff6d8" : "#10151d";
  const cap = `<g transform="translate(${hx} ${hy}) rotate(${tilt}) scale(${scale / 100})"><path d="M-46 0q4-26 46-26t46 26z" fill="${isLit ? "#39404e" : "#6d788c"}"/><path d="M-40 0h80q-8 22-40 22T-40 0z" fill="${glass}"/>${isLit ? "" : '<path d="M-22 2l14 14 6-13 12 15" stroke="#c3cedf" stroke-width="3" fill="none"/>'}</g>`;
  return `${foot}${pole}${cap}`;
};

const light = (): string => {
  const head = view.spot([post.x - 0.95, post.top + 0.2, post.z]);
  const pool = view.spot([post.x - 0.9, 0, post.z - 0.2]);
  const cone = view.path([
    [post.x - 1.05, post.top + 0.2, post.z],
    [post.x - 0.85, post.top + 0.2, post.z],
    [post.x + 2.3, 0, post.z],
    [post.x - 4.1, 0, post.z],
  ]);
  return [
    `<ellipse cx="${pool.x}" cy="${pool.y + 60}" rx="760" ry="250" fill="url(#warm)"/>`,
    `<path d="${cone}" fill="url(#cone)" opacity="0.42" filter="url(#soft)"/>`,
    `<circle cx="${head.x}" cy="${head.y}" r="420" fill="url(#warm)"/>`,
    `<circle cx="${head.x}" cy="${head.y + 6}" r="120" fill="url(#core)"/>`,
  ].join("");
};

const defs =
  fade("dusk", [
    [0, "#1b2744"],
    [0.55, "#44507a"],
    [1, "#c98d75"],
  ]) +
  fade("grass", [
    [0, "#37473f"],
    [1, "#1a2420"],
  ]) +
  fade("path", [
    [0, "#5a6070"],
    [1, "#3b404c"],
  ]) +
  fade("cone", [
    [0, "#ffe9b0"],
    [1, "#ffcf7a00"],
  ]) +
  halo("warm", "#ffc15e", 0.78) +
  halo("core", "#fffbe8", 1);

const gloom = `<rect width="1280" height="960" fill="#0a1022" opacity="0.3"/>`;
const warmth = `<rect width="1280" height="960" fill="#120d08" opacity="0.1"/>`;

/** The dead lamp, and the lamp mended. */
export const courtyard = {
  before: (): string => picture(defs, `${backdrop()}${yard()}${trees()}${gloom}${lamp(false)}`, 0.55),
  after: (): string => picture(defs, `${backdrop()}${yard()}${trees()}${warmth}${light()}${lamp(true)}`, 0.45),
};
