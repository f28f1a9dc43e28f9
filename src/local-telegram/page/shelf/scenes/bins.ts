/** A container site: overflowing with bags and boxes, and the same one emptied and swept. */
import { house, strewn, tree } from "../city-parts.ts";
import {
  blot,
  box,
  camera,
  clip,
  dice,
  face,
  fade,
  ground,
  line,
  picture,
  texture,
  wall,
  type Point,
} from "../paint.ts";

const view = camera([0.1, 1.6, 0], -2, 9, 900);

const surroundings = (): string => {
  const block = house(view, {
    from: [-16, 21],
    to: [18, 24],
    floors: 5,
    seed: 77,
    wall: "#cfc9bd",
    seam: "#aca595",
    panes: ["#66798a", "#56697a", "#8aa0ae", "#7b909f"],
    frame: "#f2efe7",
    balcony: "#9fb4b8",
  });
  const leaves = ["#46643a", "#5f8546", "#83a557", "#aac272"];
  const trees = [
    [-6.4, 12, 7],
    [6.3, 13, 7.6],
    [9.5, 16, 8],
  ]
    .map(([x = 0, z = 0, tall = 7], index) =>
      tree(view, { at: [x, 0, z], heightMetres: tall, seed: 20 + index, trunk: "#4d4339", leaves }),
    )
    .join("");
  const lawn =
    ground(view, -40, 7.4, 40, 40, { fill: "url(#lawn)" }) +
    strewn(view, 9, 500, [-12, 7.6, 12, 20], ["#7d9a52", "#5f7d40", "#9bb46a"], 0.05);
  return `<rect width="1280" height="520" fill="url(#sky)"/><g filter="url(#haze)">${block}</g>${lawn}${trees}`;
};

const site = (): string => {
  const slab = view.path([
    [-12, 0, 0.3],
    [12, 0, 0.3],
    [12, 0, 7.4],
    [-12, 0, 7.4],
  ]);
  const joints =
    [2.1, 3.6, 5.1]
      .map((z) =>
        line(
          view,
          [
            [-12, 0.001, z],
            [12, 0.001, z],
          ],
          0.02,
          { stroke: "#77746d", opacity: 0.7 },
        ),
      )
      .join("") +
    [-4.2, -1.4, 1.4, 4.2]
      .map((x) =>
        line(
          view,
          [
            [x, 0.001, 0.8],
            [x, 0.001, 7.4],
          ],
          0.012,
          { stroke: "#77746d", opacity: 0.7 },
        ),
      )
      .join("");
  const ribs = Array.from({ length: 62 }, (_, index) => {
    const x = -4.65 + index * 0.15;
    return wall(view, [x, 7.1], [x + 0.075, 7.1], 0.08, 1.95, { fill: "#fff", opacity: index % 2 === 0 ? 0.13 : 0 });
  }).join("");
  const fence =
    wall(view, [-4.65, 7.1], [4.65, 7.1], 0.08, 1.95, { fill: "url(#fence)" }) +
    ribs +
    wall(view, [-4.65, 7.1], [-4.65, 5.2], 0.08, 1.95, { fill: "#3f6a5b" }) +
    wall(view, [4.65, 7.1], [4.65, 5.2], 0.08, 1.95, { fill: "#315547" }) +
    [-4.65, 0, 4.65]
      .map((x) =>
        line(
          view,
          [
            [x, 0, 7.08],
            [x, 2.05, 7.08],
          ],
          0.09,
          { stroke: "#2a4238" },
        ),
      )
      .join("");
  const shade = face(
    view,
    [
      [-4.65, 0.002, 7.1],
      [4.65, 0.002, 7.1],
      [4.9, 0.002, 5.4],
      [-4.3, 0.002, 5.4],
    ],
    { fill: "#15201c", opacity: 0.35, filter: "url(#soft)" },
  );
  return `<path d="${slab}" fill="url(#slab)"/>${clip("slab-clip", slab)}${texture("slab-clip", "stone-near", 0.5, "near")}${texture("slab-clip", "stains", 0.6)}${joints}${fence}${shade}`;
};

const container = (x: number, colour: "green" | "blue", lidAngle: number): string => {
  const [front, side, rim] =
    colour === "green" ? ["url(#green)", "#1f5138", "#2f7a52"] : ["url(#blue)", "#1d4a72", "#2f6da3"];
  const z = 5.1;
  const w = 1.3;
  const tall = 1.12;
  const body: Point[] = [
    [x + 0.06, 0.18, z],
    [x + w - 0.06, 0.18, z],
    [x + w, tall, z - 0.06],
    [x, tall, z - 0.06],
  ];
  const sideX = view.spot([x, 0, z]).x > 640 ? x : x + w;
  const inward = sideX === x ? 0.06 : -0.06;
  const sidePanel: Point[] = [
    [sideX + inward, 0.18, z],
    [sideX, tall, z - 0.06],
    [sideX, tall, z + 1.05],
    [sideX + inward, 0.18, z + 1.0],
  ];
  const lift = Math.sin((lidAngle * Math.PI) / 180);
  const reach = Math.cos((lidAngle * Math.PI) / 180);
  const lid: Point[] = [
    [x - 0.03, tall + 0.04 + lift, z + 1.05 - 1.13 * reach],
    [x + w + 0.03, tall + 0.04 + lift, z + 1.05 - 1.13 * reach],
    [x + w + 0.03, tall + 0.07, z + 1.05],
    [x - 0.03, tall + 0.07, z + 1.05],
  ];
  const ribs = [0.32, 0.65, 0.98].map((dx) =>
    wall(view, [x + dx, z - 0.02], [x + dx + 0.05, z - 0.02], 0.22, tall - 0.1, { fill: "#fff", opacity: 0.14 }),
  );
  const wheels = [x + 0.16, x + w - 0.2].map((wx) => {
    const { x: cx, y: cy, scale } = view.spot([wx, 0.09, z + 0.05]);
    return `<circle cx="${cx}" cy="${cy}" r="${scale * 0.1}" fill="#1a1b1d"/><circle cx="${cx}" cy="${cy}" r="${scale * 0.045}" fill="#85878a"/>`;
  });
  return [
    face(view, blot(4, x + w / 2, z + 0.3, 0.9, 0.75, 0.03, 0.002), {
      fill: "#10151a",
      opacity: 0.5,
      filter: "url(#soft)",
    }),
    ...wheels,
    face(view, sidePanel, { fill: side }),
    face(view, lid, { fill: rim, stroke: "#0d2b1c", "stroke-width": 1.5, opacity: lidAngle > 40 ? 0.95 : 1 }),
    face(view, body, { fill: front }),
    ...ribs,
    wall(view, [x - 0.03, z - 0.08], [x + w + 0.03, z - 0.08], tall - 0.05, tall + 0.05, { fill: rim }),
    wall(view, [x + 0.5, z - 0.05], [x + 0.82, z - 0.05], 0.62, 0.86, { fill: "#f3f1e8", opacity: 0.85 }),
    line(
      view,
      [
        [x + 0.58, 0.74, z - 0.06],
        [x + 0.74, 0.74, z - 0.06],
      ],
      0.05,
      { stroke: colour === "green" ? "#2f7a52" : "#2f6da3" },
    ),
  ].join("");
};

const bag = (x: number, y: number, z: number, size: number, colour: string, seed: number): string => {
  const roll = dice(seed);
  const { x: cx, y: cy, scale } = view.spot([x, y, z]);
  const r = scale * size;
  const bumps = Array.from(
    { length: 4 },
    () =>
      `<ellipse cx="${cx + roll(-0.4, 0.4) * r}" cy="${cy - r * roll(0.4, 0.8)}" rx="${r * roll(0.5, 0.7)}" ry="${r * roll(0.4, 0.6)}" fill="${colour}"/>`,
  ).join("");
  const shine = `<path d="M${cx - r * 0.45} ${cy - r * 0.9}q${r * 0.2}${-r * 0.25} ${r * 0.45}${-r * 0.2}M${cx - r * 0.2} ${cy - r * 0.55}q${r * 0.1}${-r * 0.2} ${r * 0.3}${-r * 0.15}" stroke="#fff" stroke-width="${r * 0.07}" opacity="0.4" fill="none" stroke-linecap="round"/>`;
  const knot = `<path d="M${cx - r * 0.12} ${cy - r * 1.12}l${-r * 0.14}${-r * 0.28} ${r * 0.24} ${r * 0.1} ${r * 0.2}${-r * 0.16} ${-r * 0.06} ${r * 0.32}z" fill="${colour}"/>`;
  return `<g><ellipse cx="${cx}" cy="${cy}" rx="${r * 1.05}" ry="${r * 0.2}" fill="#0c1014" opacity="0.45" filter="url(#soft)"/><g filter="url(#crumble)"><ellipse cx="${cx}" cy="${cy - r * 0.48}" rx="${r}" ry="${r * 0.56}" fill="${colour}"/>${bumps}${knot}</g>${shine}</g>`;
};

const carton = (x: number, z: number, w: number, tall: number): string =>
  face(view, blot(8, x + w / 2, z + 0.15, w * 0.75, 0.4, 0.05, 0.002), {
    fill: "#10151a",
    opacity: 0.4,
    filter: "url(#soft)",
  }) +
  box(view, [x, 0, z], [x + w, tall, z + w * 0.8], { front: "#b98a57", side: "#94683b", top: "#d2a771" }) +
  line(
    view,
    [
      [x + w / 2, tall * 0.55, z],
      [x + w / 2, tall, z],
    ],
    0.05,
    { stroke: "#e0c08f" },
  );

const rubbish = (): string => {
  const heap = [-2.9, -1.45, 0.05, 1.55].flatMap((x, index) => [
    bag(x + 0.35, 1.08, 5.25, 0.36, "#23262b", 30 + index),
    bag(x + 0.95, 1.1, 5.3, 0.33, index % 2 === 0 ? "#dfe3e6" : "#2f6fb0", 50 + index),
    bag(x + 0.65, 1.4, 5.35, 0.3, index % 2 === 0 ? "#31353b" : "#cfd4d8", 70 + index),
  ]);
  const floor = [
    carton(2.95, 4.5, 0.75, 0.62),
    carton(-3.9, 4.3, 0.6, 0.5),
    bag(-2.6, 0, 4.3, 0.36, "#26292e", 1),
    bag(-2.0, 0, 4.05, 0.3, "#3a79b8", 2),
    bag(2.3, 0, 4.1, 0.38, "#2a2d33", 3),
    bag(0.4, 0, 4.2, 0.3, "#d9dde0", 4),
    bag(0.95, 0, 3.9, 0.34, "#24272c", 5),
    bag(-0.9, 0, 4.25, 0.26, "#4e9a68", 6),
  ];
  const litter = strewn(
    view,
    3,
    90,
    [-4, 2.2, 4, 4.6],
    ["#e8e6df", "#c9a36c", "#6b9fc9", "#d8d3c6", "#b9483f", "#8e8b83"],
    0.045,
  );
  return `${heap.join("")}${litter}${floor.join("")}`;
};

const bins = (lids: readonly number[]): string =>
  container(-2.95, "green", lids[0] ?? 0) +
  container(1.5, "blue", lids[3] ?? 0) +
  container(-1.45, "green", lids[1] ?? 0) +
  container(0.03, "green", lids[2] ?? 0);

const defs =
  fade("sky", [
    [0, "#8fb4d4"],
    [1, "#e3e9e4"],
  ]) +
  fade("lawn", [
    [0, "#a7b87a"],
    [1, "#6f8c49"],
  ]) +
  fade("slab", [
    [0, "#b4afa5"],
    [1, "#8b877f"],
  ]) +
  fade("fence", [
    [0, "#5b9480"],
    [1, "#437363"],
  ]) +
  fade("green", [
    [0, "#3f9465"],
    [1, "#2a6a47"],
  ]) +
  fade("blue", [
    [0, "#4187c2"],
    [1, "#2b628f"],
  ]);

const wet = `<ellipse cx="700" cy="800" rx="420" ry="26" fill="#fff" opacity="0.13" filter="url(#softer)"/>`;

/** The site overflowing, and the site in order. */
export const containers = {
  before: (): string => picture(defs, `${surroundings()}${site()}${bins([62, 40, 70, 52])}${rubbish()}`),
  after: (): string => picture(defs, `${surroundings()}${site()}${bins([2, 2, 2, 2])}${wet}`),
};
