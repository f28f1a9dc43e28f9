/** A winter pavement along a house: bare ice, and the same pavement strewn with sand. */
import { boughs, house, strewn } from "../city-parts.ts";
import {
  blot,
  box,
  camera,
  clip,
  dice,
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

const view = camera([0.1, 1.6, 0], -4, 13, 880);

const walk: Point[] = [
  [-1.75, 0, 0.3],
  [1.75, 0, 0.3],
  [1.75, 0, 40],
  [-1.75, 0, 40],
];

const backdrop = (): string => {
  const facade = house(view, {
    from: [4.2, 3],
    to: [4.2, 42],
    floors: 5,
    seed: 64,
    wall: "#c9a58c",
    seam: "#a98873",
    panes: ["#6f8598", "#5a7084", "#93a6b3", "#e8c98f"],
    frame: "#f1ece6",
    balcony: "#b7c3cb",
  });
  const far = house(view, {
    from: [-26, 52],
    to: [14, 52],
    floors: 9,
    seed: 66,
    wall: "#b9bfcb",
    seam: "#9aa2b2",
    panes: ["#7d8ea0", "#9aa9b8", "#f0d4a0"],
    frame: "#d9dee6",
  });
  const trees = [
    [-4.6, 7.5, 6.2],
    [-4.9, 12, 7],
    [-4.5, 17, 6.6],
    [-5, 24, 7.4],
  ]
    .map(
      ([x = 0, z = 0, tall = 7], index) =>
        boughs(view, [x, 0, z], tall, 210 + index, "#5d5560", 4) +
        boughs(view, [x + 0.03, 0.07, z], tall, 210 + index, "#f5f7fb", 4).replaceAll(
          /stroke-width="([\d.]+)"/g,
          (_, size: string) => `stroke-width="${(Number(size) * 0.42).toFixed(2)}"`,
        ),
    )
    .join("");
  return `<rect width="1280" height="460" fill="url(#sky)"/><circle cx="420" cy="210" r="430" fill="url(#sun)"/><g filter="url(#haze)">${far}</g>${snowfield()}${facade}${porch()}${trees}`;
};

const snowfield = (): string => ground(view, -40, 0.3, 40, 52, { fill: "url(#snow)" });

const porch = (): string =>
  [
    box(view, [2.7, 0, 9], [4.2, 0.3, 11.4], { front: "#a7a5a6", side: "#8b898c", top: "#e9edf3" }),
    wall(view, [4.19, 9.5], [4.19, 10.9], 0.3, 2.5, { fill: "#6b4a3a" }),
    box(view, [2.8, 2.75, 9.1], [4.2, 2.95, 11.3], { front: "#8d7468", side: "#775f55", top: "#f4f7fb" }),
    line(
      view,
      [
        [2.85, 0, 9.2],
        [2.85, 2.75, 9.2],
      ],
      0.06,
      { stroke: "#6d6a70" },
    ),
    ...[9.3, 9.8, 10.4, 11].map((z, index) =>
      line(
        view,
        [
          [2.8, 2.75, z],
          [2.8, 2.5 - (index % 2) * 0.14, z],
        ],
        0.05,
        { stroke: "#e8f2fb", opacity: 0.9 },
      ),
    ),
  ].join("");

/** Heaps along the edge, thrown up by shovels. */
const bank = (side: number, seed: number): string => {
  const roll = dice(seed);
  const lumps = Array.from({ length: 26 }, (_, index) => {
    const z = 1.1 * 1.135 ** (25 - index);
    const { x, y, scale } = view.spot([side * (2.05 + roll(-0.1, 0.25)), 0, z]);
    const r = scale * roll(0.3, 0.46);
    return `<ellipse cx="${x.toFixed(0)}" cy="${(y - r * 0.15).toFixed(0)}" rx="${(r * 1.25).toFixed(0)}" ry="${(r * 0.62).toFixed(0)}" fill="url(#heap)"/><ellipse cx="${(x - r * 0.3).toFixed(0)}" cy="${(y - r * 0.42).toFixed(0)}" rx="${(r * 0.6).toFixed(0)}" ry="${(r * 0.16).toFixed(0)}" fill="#fff" opacity="0.55"/>`;
  });
  return `<g filter="url(#rough)">${lumps.join("")}</g>`;
};

const d = view.path(walk);

const ice = (): string => {
  const sheets = [
    [0.1, 3.1, 1.45, 1.15],
    [-0.5, 5.6, 1.05, 1.2],
    [0.5, 8.6, 1.1, 1.7],
    [-0.2, 14, 1.3, 2.6],
  ].map(([x = 0, z = 0, rx = 1, rz = 1], index) => {
    const sheet = view.path(blot(300 + index, x, z, rx, rz, 0.12));
    const id = `sheet-${index}`;
    const centre = view.spot([x, 0, z]);
    const streaks = Array.from(
      { length: 3 },
      (_, streak) =>
        `<ellipse cx="${centre.x - 60 + streak * 70}" cy="${centre.y - 30 + streak * 24}" rx="${centre.scale * 0.5}" ry="${centre.scale * 0.025}" fill="#fff" opacity="0.75" filter="url(#soft)"/>`,
    ).join("");
    return `${clip(id, sheet)}<path d="${sheet}" fill="url(#ice)" stroke="#f4faff" stroke-width="3" stroke-opacity="0.7"/><g clip-path="url(#${id})"><rect x="${centre.x + centre.scale * 0.35}" y="0" width="${centre.scale * 0.8}" height="960" fill="#b98f78" opacity="0.3" filter="url(#soft)"/><ellipse cx="${centre.x - centre.scale * 0.4}" cy="${centre.y}" rx="${centre.scale * 0.5}" ry="${centre.scale * 0.3}" fill="#ffe2b4" opacity="0.75" filter="url(#softer)"/>${streaks}</g>`;
  });
  const cracks = dice(8);
  const lines = Array.from({ length: 5 }, (_, index) => {
    const points = Array.from({ length: 4 }, (__, step): Point => [
      -0.8 + index * 0.35 + cracks(-0.2, 0.2),
      0,
      2.3 + step * 0.45 + cracks(-0.1, 0.1),
    ]);
    return line(view, points, 0.008, { stroke: "#fff", opacity: 0.6 });
  }).join("");
  return sheets.join("") + lines;
};

const sand = (): string =>
  `<path d="${d}" fill="#b08a5c" opacity="0.34" filter="url(#rough)"/>` +
  strewn(view, 401, 4200, [-1.7, 1.3, 1.7, 22], ["#8d6537", "#a87a45", "#6f4f2c", "#c1935a", "#5b4229"], 0.0085, {
    opacity: 0.9,
  }) +
  strewn(view, 402, 500, [-1.5, 1.3, 1.5, 9], ["#7a5730", "#95703f"], 0.015, { opacity: 0.85 }) +
  [-0.5, 0.1, -0.42, 0.2, -0.5, 0.12]
    .map((x, index) =>
      face(view, blot(500 + index, x, 2.5 + index * 0.75, 0.06, 0.15, 0.1), {
        fill: "#5d452c",
        opacity: 0.4,
        filter: "url(#soft)",
      }),
    )
    .join("");

const shades = [6, 9.5, 14, 20]
  .map((z) =>
    face(
      view,
      [
        [-5, 0.01, z],
        [-5, 0.01, z + 0.35],
        [2, 0.01, z + 1.6],
        [2, 0.01, z + 1.15],
      ],
      { fill: "#5d78a8", opacity: 0.26, filter: "url(#soft)" },
    ),
  )
  .join("");

const path = (): string =>
  `<path d="${d}" fill="url(#walk)"/>${clip("walk-clip", d)}${texture("walk-clip", "stone-near", 0.28, "near")}${texture("walk-clip", "stains", 0.3)}`;

const flakes = (): string => {
  const roll = dice(88);
  return Array.from(
    { length: 90 },
    () =>
      `<circle cx="${roll(0, 1280).toFixed(0)}" cy="${roll(0, 900).toFixed(0)}" r="${roll(0.8, 2.8).toFixed(1)}" fill="#fff" opacity="${roll(0.3, 0.8).toFixed(2)}"/>`,
  ).join("");
};

const defs =
  fade("sky", [
    [0, "#8fa9cf"],
    [0.6, "#dcd3dc"],
    [1, "#f6d9bd"],
  ]) +
  fade("snow", [
    [0, "#e6e4ea"],
    [1, "#f4f7fc"],
  ]) +
  fade("walk", [
    [0, "#c6cbd6"],
    [1, "#a9b3c2"],
  ]) +
  fade("ice", [
    [0, "#d7e6f2"],
    [0.5, "#9db9d2"],
    [1, "#7797b5"],
  ]) +
  fade("heap", [
    [0, "#ffffff"],
    [0.6, "#e3e9f3"],
    [1, "#aebcd4"],
  ]) +
  halo("sun", "#ffe9c2", 0.95);

const scene = (middle: string): string =>
  picture(defs, `${backdrop()}${path()}${middle}${shades}${bank(-1, 5)}${bank(1, 6)}${flakes()}`, 0.28);

/** The ice, and the sand upon it. */
export const pavement = { before: (): string => scene(ice()), after: (): string => scene(sand()) };
