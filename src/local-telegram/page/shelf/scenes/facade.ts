/** The ground floor of an old house: sprayed over, and painted clean. */
import { boughs, strewn } from "../city-parts.ts";
import { box, camera, clip, fade, ground, line, picture, texture, wall } from "../paint.ts";
import { scrawl } from "./graffiti.ts";

const view = camera([-1.2, 1.6, 0], 17, 1, 900);
const z = 5.2;

const facade = view.path([
  [-9, 0, z],
  [14, 0, z],
  [14, 7.2, z],
  [-9, 7.2, z],
]);

const windowAt = (x: number, low: number): string => {
  const pane = (from: number, to: number): string =>
    wall(view, [from, z - 0.005], [to, z - 0.005], low + 0.08, low + 1.72, { fill: "url(#pane)" });
  return [
    wall(view, [x - 0.16, z], [x + 1.56, z], low - 0.12, low + 2.0, { fill: "#e9dfcb" }),
    wall(view, [x - 0.24, z - 0.1], [x + 1.64, z - 0.1], low - 0.22, low - 0.08, { fill: "#f4ecda" }),
    wall(view, [x - 0.22, z - 0.06], [x + 1.62, z - 0.06], low + 1.94, low + 2.12, { fill: "#f4ecda" }),
    wall(view, [x, z], [x + 1.4, z], low, low + 1.8, { fill: "#f7f5ef" }),
    pane(x + 0.08, x + 0.66),
    pane(x + 0.74, x + 1.32),
    wall(view, [x + 0.1, z - 0.006], [x + 0.3, z - 0.006], low + 0.08, low + 1.72, { fill: "#fff", opacity: 0.2 }),
    wall(view, [x + 1.05, z - 0.006], [x + 1.32, z - 0.006], low + 0.08, low + 1.72, { fill: "#fff", opacity: 0.22 }),
    wall(view, [x - 0.24, z - 0.01], [x + 1.64, z - 0.01], low - 0.36, low - 0.2, {
      fill: "#3a2c20",
      opacity: 0.3,
      filter: "url(#soft)",
    }),
  ].join("");
};

const door = (): string =>
  [
    wall(view, [3.0, z], [4.5, z], 0, 2.75, { fill: "#e9dfcb" }),
    wall(view, [3.12, z], [4.38, z], 0.1, 2.62, { fill: "#5b3b2a" }),
    ...[3.2, 3.8].flatMap((x) => [
      wall(view, [x, z - 0.01], [x + 0.5, z - 0.01], 0.3, 1.15, { fill: "#6d4a36" }),
      wall(view, [x, z - 0.01], [x + 0.5, z - 0.01], 1.35, 2.4, { fill: "#6d4a36" }),
    ]),
    line(
      view,
      [
        [3.75, 0.1, z - 0.01],
        [3.75, 2.62, z - 0.01],
      ],
      0.025,
      { stroke: "#3a2419" },
    ),
    line(
      view,
      [
        [3.84, 1.05, z - 0.05],
        [3.84, 1.3, z - 0.05],
      ],
      0.04,
      { stroke: "#d9b56c" },
    ),
    box(view, [2.9, 0, z - 0.45], [4.6, 0.13, z], { front: "#8f8b84", side: "#77736c", top: "#b4b0a8" }),
  ].join("");

const house = (plaster: string): string => {
  const plinth = wall(view, [-9, z - 0.06], [14, z - 0.06], 0, 0.62, { fill: "url(#plinth)" });
  const blocks = Array.from({ length: 30 }, (_, index) =>
    line(
      view,
      [
        [-9 + index * 0.78, 0, z - 0.06],
        [-9 + index * 0.78, 0.62, z - 0.06],
      ],
      0.014,
      { stroke: "#6b6761", opacity: 0.7 },
    ),
  ).join("");
  const cornice =
    wall(view, [-9, z - 0.12], [14, z - 0.12], 3.45, 3.72, { fill: "#f2e8d4" }) +
    wall(view, [-9, z - 0.01], [14, z - 0.01], 3.22, 3.46, { fill: "#4a3829", opacity: 0.28, filter: "url(#soft)" });
  const pipe =
    line(
      view,
      [
        [2.45, 0.25, z - 0.12],
        [2.45, 7, z - 0.12],
      ],
      0.12,
      { stroke: "#8f9aa0" },
    ) +
    line(
      view,
      [
        [2.42, 0.25, z - 0.13],
        [2.42, 7, z - 0.13],
      ],
      0.03,
      { stroke: "#d5dde1" },
    ) +
    [1.1, 2.4, 3.9]
      .map((y) => wall(view, [2.36, z - 0.14], [2.54, z - 0.14], y, y + 0.06, { fill: "#6c767c" }))
      .join("");
  const windows =
    [-6.2, -3.6, 0.55, 5.4, 8].map((x) => windowAt(x, 1.25)).join("") +
    [-6.2, -3.6, -1.2, 0.55, 3.1, 5.4, 8].map((x) => windowAt(x, 4.2)).join("");
  const plate =
    wall(view, [4.75, z - 0.02], [5.2, z - 0.02], 2.3, 2.6, { fill: "#27508a" }) +
    wall(view, [4.83, z - 0.03], [5.12, z - 0.03], 2.41, 2.49, { fill: "#fff", opacity: 0.9 });
  return `<path d="${facade}" fill="${plaster}"/>${clip("facade-clip", facade)}${texture("facade-clip", "plaster", 0.34)}${plinth}${blocks}${cornice}${windows}${door()}${pipe}${plate}`;
};

const street = (): string => {
  const d = view.path([
    [-20, 0, 0.3],
    [20, 0, 0.3],
    [20, 0, z],
    [-20, 0, z],
  ]);
  const tiles =
    Array.from({ length: 22 }, (_, index) =>
      line(
        view,
        [
          [-9 + index * 0.9, 0.001, 1],
          [-9 + index * 0.9, 0.001, z],
        ],
        0.008,
        { stroke: "#79756d", opacity: 0.5 },
      ),
    ).join("") +
    [1.7, 2.6, 3.5, 4.4]
      .map((far) =>
        line(
          view,
          [
            [-12, 0.001, far],
            [14, 0.001, far],
          ],
          0.012,
          { stroke: "#79756d", opacity: 0.55 },
        ),
      )
      .join("");
  return `<path d="${d}" fill="url(#tiles)"/>${clip("tiles-clip", d)}${texture("tiles-clip", "stone-near", 0.4)}${texture("tiles-clip", "stains", 0.4)}${tiles}${ground(view, -20, z - 0.5, 20, z, { fill: "#1c1712", opacity: 0.32, filter: "url(#soft)" })}${strewn(view, 8, 60, [-6, 1.4, 8, 4.8], ["#b59a55", "#8f8a5a", "#c2b489"], 0.035)}`;
};

const shade = `<g opacity="0.2" filter="url(#softer)">${boughs(view, [-0.4, 0, z - 0.2], 8, 33, "#2b2118", 4)}</g>`;
const evening = `<path d="M-50 980 700-50H1330V980z" fill="#fff0cc" opacity="0.1" filter="url(#softer)"/>`;

const defs =
  fade("old", [
    [0, "#e8c58d"],
    [1, "#cfa56d"],
  ]) +
  fade("new", [
    [0, "#efd29c"],
    [1, "#e2bd80"],
  ]) +
  fade("plinth", [
    [0, "#9c968c"],
    [1, "#7c776f"],
  ]) +
  fade("tiles", [
    [0, "#aaa397"],
    [1, "#8b857b"],
  ]) +
  fade("pane", [
    [0, "#8fb0c6"],
    [0.5, "#5f7e93"],
    [1, "#3d5566"],
  ]);

/** The facade sprayed over, and clean again. */
export const front = {
  before: (): string => picture(defs, `${house("url(#old)")}${street()}${scrawl(view, z)}${shade}${evening}`),
  after: (): string => picture(defs, `${house("url(#new)")}${street()}${shade}${evening}`),
};
