/** A side street after rain: a hole full of water in the lane, and the same place with a fresh patch. */
import { boughs, house, shadow, strewn, tree } from "../city-parts.ts";
import { blot, camera, clip, dice, face, fade, ground, line, picture, texture, wall, type Point } from "../paint.ts";

const view = camera([-0.55, 1.62, 0], 3, 19, 900);
const hole = { x: 0.15, z: 3.25 };

const leaves = ["#3d5a34", "#55783f", "#7d9c52", "#a9bf6b"];

const backdrop = (): string => {
  const sky = `<rect width="1280" height="420" fill="url(#sky)"/>`;
  const sun = `<ellipse cx="980" cy="90" rx="520" ry="240" fill="#fff3d6" opacity="0.55" filter="url(#glow)"/>`;
  const far = house(view, {
    from: [-19, 46],
    to: [22, 46],
    floors: 5,
    seed: 5,
    wall: "#c6bfb2",
    seam: "#a39c90",
    panes: ["#6d7f8c", "#5b6c7a", "#8ea2ad", "#7a8b97"],
    frame: "#e6e2d8",
    balcony: "#a7b3a5",
  });
  const near = house(view, {
    from: [7.4, 5],
    to: [7.4, 44],
    floors: 5,
    seed: 11,
    wall: "#d8c7a8",
    seam: "#b8a587",
    panes: ["#5f6f7a", "#4c5b66", "#7f919c"],
    frame: "#f0e9db",
    balcony: "#b98a68",
  });
  return `${sky}${sun}<g filter="url(#haze)">${far}</g>${near}`;
};

const road = (): string => {
  const surface: Point[] = [
    [-30, 0, 0.3],
    [3.1, 0, 0.3],
    [3.1, 0, 60],
    [-30, 0, 60],
  ];
  const d = view.path(surface);
  const wheelTracks = [-1.5, 0.4, 1.9]
    .map((x) => ground(view, x - 0.28, 0.4, x + 0.28, 50, { fill: "#22262b", opacity: 0.16, filter: "url(#soft)" }))
    .join("");
  const dashes = [4.2, 9, 14, 19, 25, 31]
    .map((z) => ground(view, -2.35, z, -2.2, z + 2.4, { fill: "#e9e6da", opacity: 0.72, filter: "url(#crumble)" }))
    .join("");
  return `<path d="${d}" fill="url(#road)"/>${clip("asphalt", d)}${wheelTracks}${texture("asphalt", "stains", 0.42)}${texture("asphalt", "stone-far", 0.45, "far")}${texture("asphalt", "stone-near", 0.62, "near")}${dashes}`;
};

const roadside = (): string => {
  const kerb =
    wall(view, [3.1, 0.4], [3.1, 50], 0, 0.16, { fill: "#a9a69e" }) +
    ground(view, 3.1, 0.4, 3.3, 50, { fill: "#cfccc4" }, 0.16) +
    Array.from({ length: 40 }, (_, index) =>
      wall(view, [3.1, 1 + index], [3.1, 1.04 + index], 0, 0.16, { fill: "#6c6a65" }),
    ).join("");
  const lawn =
    ground(view, 3.3, 0.4, 5.1, 50, { fill: "url(#lawn)" }, 0.16) +
    strewn(view, 44, 700, [3.3, 1.5, 5.1, 30], ["#6f8d45", "#87a357", "#56733a", "#a3b868"], 0.035);
  const path = ground(view, 5.1, 0.4, 7.4, 50, { fill: "#b9b2a6" }, 0.16);
  const trees = [34, 24, 15, 9]
    .map((z, index) => tree(view, { at: [4.2, 0.1, z], heightMetres: 6.6, seed: 70 + index, trunk: "#4a4038", leaves }))
    .join("");
  const otherSide =
    ground(view, -30, 7, -6.2, 60, { fill: "#7f9356" }) +
    [30, 21, 14]
      .map((z, index) =>
        tree(view, { at: [-8.4 - index * 0.5, 0, z], heightMetres: 7, seed: 90 + index, trunk: "#453c35", leaves }),
      )
      .join("") +
    boughs(view, [-6.9, 0, 10.5], 3, 8, "#4a4038");
  const shade = [8, 14, 21].map((z) => shadow(view, blot(z, 1.6, z, 2.4, 0.8, 0.3), 0.28)).join("");
  return `${otherSide}${lawn}${path}${kerb}${shade}${trees}`;
};

const cracks = (): string => {
  const roll = dice(63);
  return Array.from({ length: 9 }, (_, index) => {
    const angle = (index / 9) * Math.PI * 2 + roll(-0.2, 0.2);
    const points: Point[] = [];
    let reach = 0.7;
    let x = hole.x + Math.cos(angle) * 0.75;
    let z = hole.z + Math.sin(angle) * 0.5;
    for (let step = 0; step < 6; step += 1) {
      points.push([x, 0, z]);
      reach *= 0.9;
      x += Math.cos(angle + roll(-0.7, 0.7)) * 0.16 * reach * 1.6;
      z += Math.sin(angle + roll(-0.7, 0.7)) * 0.16 * reach * 1.6;
    }
    return line(view, points, 0.014, { stroke: "#17191c", opacity: 0.75 });
  }).join("");
};

const pothole = (): string => {
  const rim = blot(7, hole.x, hole.z, 0.98, 0.62, 0.12);
  const inner = blot(7, hole.x, hole.z + 0.05, 0.9, 0.54, 0.12, -0.06);
  const bottom = blot(19, hole.x + 0.02, hole.z + 0.06, 0.79, 0.45, 0.1, -0.1);
  const water = view.path(blot(23, hole.x + 0.06, hole.z + 0.08, 0.66, 0.36, 0.14, -0.09));
  const stones = ["#8d8a84", "#6d6a66", "#a5a29a", "#4c4b49"];
  return [
    cracks(),
    face(view, blot(3, hole.x, hole.z, 1.3, 0.86, 0.2), { fill: "#14161a", opacity: 0.35, filter: "url(#soft)" }),
    face(view, rim, { fill: "#83807a", filter: "url(#crumble)" }),
    face(view, inner, { fill: "#2a2825", filter: "url(#crumble)" }),
    face(view, bottom, { fill: "#4b4239", filter: "url(#crumble)" }),
    `<path d="${water}" fill="url(#water)"/>${clip("puddle", water)}`,
    `<g clip-path="url(#puddle)" opacity="0.5"><rect x="560" y="560" width="70" height="240" fill="#3f4f35" filter="url(#rough)"/><rect x="730" y="540" width="46" height="240" fill="#4a4238" filter="url(#rough)"/><ellipse cx="690" cy="640" rx="160" ry="14" fill="#fff" opacity="0.5" filter="url(#soft)"/></g>`,
    strewn(view, 5, 130, [hole.x - 1.5, 2.35, hole.x + 1.5, 4.5], stones, 0.026),
    strewn(view, 6, 46, [hole.x - 0.9, 2.7, hole.x + 0.9, 3.2], stones, 0.045),
  ].join("");
};

const patch = (): string => {
  const outline: Point[] = [
    [hole.x - 1.34, 0, hole.z - 0.92],
    [hole.x + 1.3, 0, hole.z - 0.96],
    [hole.x + 1.33, 0, hole.z + 0.98],
    [hole.x - 1.32, 0, hole.z + 1.0],
  ];
  const d = view.path(outline);
  return [
    face(view, outline, {
      fill: "none",
      stroke: "#0d0e10",
      "stroke-width": 15,
      opacity: 0.85,
      filter: "url(#crumble)",
    }),
    `<path d="${d}" fill="url(#fresh)"/>${clip("patch", d)}`,
    texture("patch", "stone-near", 0.55),
    texture("patch", "stone-far", 0.22),
    `<g clip-path="url(#patch)"><ellipse cx="700" cy="560" rx="330" ry="40" fill="#cdd8e2" opacity="0.24" filter="url(#softer)"/></g>`,
    strewn(view, 15, 40, [hole.x - 1.9, 2.1, hole.x + 1.9, 4.8], ["#25272a", "#3a3c3f"], 0.016),
  ].join("");
};

const defs =
  fade("sky", [
    [0, "#a9c2d6"],
    [0.55, "#d5dfe2"],
    [1, "#f3e7cf"],
  ]) +
  fade("road", [
    [0, "#8f8f8e"],
    [0.35, "#757778"],
    [1, "#55585c"],
  ]) +
  fade("lawn", [
    [0, "#9aae69"],
    [1, "#5d7a3d"],
  ]) +
  fade("water", [
    [0, "#f0e8d4"],
    [0.5, "#b7c8d3"],
    [1, "#6f8797"],
  ]) +
  fade("fresh", [
    [0, "#3c3f43"],
    [1, "#26282b"],
  ]);

const scene = (middle: string): string => picture(defs, `${backdrop()}${road()}${roadside()}${middle}`);

/** The hole, and the patch where it was. */
export const street = { before: (): string => scene(pothole()), after: (): string => scene(patch()) };
