/** A bench in an autumn park: slats broken and one missing, and the same bench mended and painted. */
import { boughs, shadow, strewn, tree } from "../city-parts.ts";
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
  type BoxColours,
  type Point,
} from "../paint.ts";

const view = camera([-0.5, 1.45, 0], 6, 9, 900);
const seat = { x1: -0.85, x2: 1.15, z: 3.5 };

const autumn = ["#a4632a", "#c98333", "#e2a53f", "#f0c965"];

const park = (): string => {
  const alley: Point[] = [
    [-6, 0, 0.3],
    [2.6, 0, 0.3],
    [2.6, 0, 5.2],
    [-0.6, 0, 26],
    [-3.6, 0, 26],
    [-6, 0, 5.2],
  ];
  const d = view.path(alley);
  const far = [
    [-9, 26, 9],
    [-4.8, 30, 10],
    [2.6, 28, 9.5],
    [7, 25, 9],
    [11, 22, 10],
    [-12, 20, 9],
  ]
    .map(([x = 0, z = 0, tall = 9], index) =>
      tree(view, {
        at: [x, 0, z],
        heightMetres: tall,
        seed: 120 + index,
        trunk: "#6c5642",
        leaves: autumn,
        opacity: 0.85,
      }),
    )
    .join("");
  const near = [
    [4.2, 10, 8],
    [-6.6, 11, 8],
    [7.4, 13, 9],
    [3.3, 17, 8.5],
    [-6, 18, 8],
  ]
    .map(([x = 0, z = 0, tall = 8], index) =>
      tree(view, {
        at: [x, 0, z],
        heightMetres: tall,
        seed: 140 + index,
        trunk: "#4b3a2d",
        leaves: ["#8f4f22", ...autumn],
      }),
    )
    .join("");
  const bushes = `<g filter="url(#leafy)">${[-300, 60, 380, 700, 1000, 1320]
    .map(
      (x, index) => `<ellipse cx="${x}" cy="372" rx="230" ry="46" fill="${index % 2 === 0 ? "#8d8143" : "#a3904a"}"/>`,
    )
    .join("")}</g>`;
  const shade = [6, 9.5, 13, 17]
    .map((z, index) => shadow(view, blot(index + 2, -1.4 + index * 0.4, z, 3.2, 0.5, 0.25), 0.24))
    .join("");
  return [
    `<rect width="1280" height="480" fill="url(#sky)"/><circle cx="300" cy="150" r="430" fill="url(#sun)"/>`,
    `<g filter="url(#haze)">${far}</g>${bushes}`,
    ground(view, -40, 0.3, 40, 40, { fill: "url(#grass)" }),
    strewn(view, 51, 900, [-11, 3, 11, 26], ["#d79a3c", "#b56c2b", "#e8bf5b", "#8c8f48", "#6f7d3f"], 0.06),
    `<path d="${d}" fill="url(#alley)"/>${clip("alley-clip", d)}${texture("alley-clip", "stone-near", 0.55, "near")}${texture("alley-clip", "stains", 0.36)}`,
    shade,
    near,
    boughs(view, [9.2, 0, 9], 8, 77, "#433427"),
    strewn(view, 52, 190, [-5, 1.7, 4, 12], ["#d98e33", "#c56a2a", "#eec25a", "#a4502a"], 0.05),
  ].join("");
};

const iron: BoxColours = { front: "#2d3238", side: "#1d2125", top: "#4a5159" };

const legs = (): string =>
  [seat.x1 + 0.16, seat.x2 - 0.24]
    .map((x) =>
      [
        box(view, [x, 0, seat.z + 0.42], [x + 0.08, 0.98, seat.z + 0.48], iron),
        box(view, [x, 0.34, seat.z], [x + 0.08, 0.41, seat.z + 0.46], iron),
        box(view, [x, 0, seat.z], [x + 0.08, 0.4, seat.z + 0.07], iron),
      ].join(""),
    )
    .join("");

const shade = (): string =>
  shadow(
    view,
    [
      [seat.x1 - 0.1, 0.01, seat.z - 0.05],
      [seat.x2 + 0.5, 0.01, seat.z - 0.05],
      [seat.x2 + 0.7, 0.01, seat.z + 0.7],
      [seat.x1 + 0.1, 0.01, seat.z + 0.7],
    ],
    0.5,
  );

const slat = (y: number, z: number, wood: BoxColours, from = seat.x1, to = seat.x2): string =>
  box(view, [from, y, z], [to, y + 0.04, z + 0.115], wood);

const backSlat = (y: number, wood: BoxColours, from = seat.x1, to = seat.x2): string =>
  box(view, [from, y, seat.z + 0.38], [to, y + 0.115, seat.z + 0.42], wood);

const grain = (y: number, z: number, colour: string, from = seat.x1, to = seat.x2): string =>
  [0.3, 0.7]
    .map((share) =>
      line(
        view,
        [
          [from + 0.04, y + 0.115 * share, z],
          [to - 0.04, y + 0.115 * share, z],
        ],
        0.006,
        { stroke: colour, opacity: 0.5 },
      ),
    )
    .join("");

/** A board broken across: its splintered end hangs down from the frame. */
const hanging = (wood: BoxColours, x1: number, y1: number, x2: number, y2: number, z: number): string => {
  const board: Point[] = [
    [x1, y1 + 0.11, z],
    [x2 - 0.06, y2 + 0.13, z],
    [x2 - 0.02, y2 + 0.09, z],
    [x2 - 0.09, y2 + 0.06, z],
    [x2 + 0.03, y2 + 0.035, z],
    [x2 - 0.07, y2, z],
    [x1, y1, z],
  ];
  return face(view, board, { fill: wood.front, stroke: wood.side, "stroke-width": 2 });
};

const worn: BoxColours = { front: "#84715a", side: "#5d4f3f", top: "#9d8a70" };
const painted: BoxColours = { front: "#a9652f", side: "#7c4620", top: "#d18a4b" };

const broken = (): string =>
  [
    shade(),
    legs(),
    backSlat(0.84, worn),
    grain(0.84, seat.z + 0.379, "#3f352a"),
    hanging(worn, seat.x1, 0.66, seat.x1 + 0.95, 0.44, seat.z + 0.375),
    backSlat(0.66, worn, seat.x2 - 0.42, seat.x2),
    slat(0.41, seat.z + 0.33, worn),
    slat(0.41, seat.z + 0.02, worn, seat.x1, seat.x1 + 0.72),
    hanging(worn, seat.x2, 0.38, seat.x2 - 0.78, 0.05, seat.z + 0.02),
    box(view, [-1.75, 0, 2.95], [-0.75, 0.03, 3.07], worn),
    box(view, [0.35, 0, 2.7], [0.95, 0.03, 2.8], worn),
    [0.1, 0.42, 0.6]
      .map((dx) => face(view, blot(60 + dx * 100, seat.x1 + dx, seat.z - 0.6, 0.07, 0.03, 0.5), { fill: "#8d7a60" }))
      .join(""),
    `<path d="${view.path(
      [
        [seat.x1 + 1.3, 0.9, seat.z + 0.378],
        [seat.x1 + 1.38, 0.86, seat.z + 0.378],
        [seat.x1 + 1.44, 0.93, seat.z + 0.378],
        [seat.x1 + 1.52, 0.87, seat.z + 0.378],
      ],
      false,
    )}" stroke="#4c3f31" stroke-width="4" fill="none"/>`,
  ].join("");

const mended = (): string =>
  [
    shade(),
    legs(),
    ...[0.84, 0.68, 0.52].map((y) => backSlat(y, painted) + grain(y, seat.z + 0.379, "#6e3c19")),
    ...[0.34, 0.18, 0.02].map((dz) => slat(0.41, seat.z + dz, painted)),
    `<path d="${view.path(
      [
        [seat.x1 + 0.05, 0.452, seat.z + 0.1],
        [seat.x2 - 0.1, 0.452, seat.z + 0.1],
      ],
      false,
    )}" stroke="#ffe3bd" stroke-width="5" opacity="0.5" fill="none"/>`,
    ...[seat.x1 + 0.2, seat.x2 - 0.2].map((x) => {
      const bolt = view.spot([x, 0.9, seat.z + 0.375]);
      return `<circle cx="${bolt.x}" cy="${bolt.y}" r="4.500" fill="#d8dadc"/><circle cx="${bolt.x}" cy="${bolt.y}" r="2" fill="#7b7f83"/>`;
    }),
  ].join("");

const defs =
  fade("sky", [
    [0, "#a9c6da"],
    [0.7, "#f1e6cb"],
    [1, "#f6dfae"],
  ]) +
  fade("grass", [
    [0, "#a89d55"],
    [1, "#77803f"],
  ]) +
  fade("alley", [
    [0, "#cbb798"],
    [1, "#9a8a72"],
  ]) +
  halo("sun", "#fff0c4", 0.95);

const ray = `<g opacity="0.16" filter="url(#softer)"><path d="M180 60 520 960H240L120 80zM330 40 1020 960H760L290 60z" fill="#ffeebb"/></g>`;

/** The bench broken, and the bench mended. */
export const bench = {
  before: (): string => picture(defs, `${park()}${broken()}${ray}`),
  after: (): string => picture(defs, `${park()}${mended()}${ray}`),
};
