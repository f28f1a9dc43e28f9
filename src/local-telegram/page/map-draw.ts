/** The demo city as SVG, in metres east and south of the map's centre. */
import type { PageMap } from "../page-api.ts";
import { svg } from "./dom.ts";

/** Metres east and south of the map's centre. */
export type Metres = { x: number; y: number };

const metresPerDegree = 111_320;

const shrink = (map: PageMap): number => Math.cos((map.center[1] * Math.PI) / 180);

/** Where a place in degrees stands on the drawing. */
export const toMetres = (map: PageMap, [lon, lat]: readonly [number, number]): Metres => ({
  x: (lon - map.center[0]) * metresPerDegree * shrink(map),
  y: (map.center[1] - lat) * metresPerDegree,
});

/** The place in degrees under a point of the drawing. */
export const toDegrees = (map: PageMap, { x, y }: Metres): { lat: number; lon: number } => ({
  lat: map.center[1] - y / metresPerDegree,
  lon: map.center[0] + x / (metresPerDegree * shrink(map)),
});

const path = (map: PageMap, points: readonly [number, number][]): string =>
  points
    .map((point, index) => {
      const { x, y } = toMetres(map, point);
      return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");

const middle = (map: PageMap, ring: readonly [number, number][]): Metres => {
  // The centroid of the area, not the mean of the corners: a finely drawn river bank must not pull the name to itself.
  let area = 0;
  let x = 0;
  let y = 0;
  ring.forEach((point, index) => {
    const a = toMetres(map, point);
    const b = toMetres(map, ring[(index + 1) % ring.length] ?? point);
    const cross = a.x * b.y - b.x * a.y;
    area += cross;
    x += (a.x + b.x) * cross;
    y += (a.y + b.y) * cross;
  });
  return area === 0 ? toMetres(map, ring[0] ?? map.center) : { x: x / (3 * area), y: y / (3 * area) };
};

// Each drawing needs its own ids: two maps in one document would otherwise share clip paths and labels.
let drawings = 0;

/** House-like blocks, so that a district does not look empty between the few streets the messenger knows. */
const blocks = (id: string): SVGPatternElement =>
  svg(
    "pattern",
    { id, width: 260, height: 210, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-17)" },
    ...[
      [14, 16, 92, 26],
      [14, 58, 26, 84],
      [60, 62, 58, 20],
      [60, 104, 58, 20],
      [132, 18, 24, 74],
      [176, 18, 66, 24],
      [176, 62, 66, 24],
      [132, 112, 44, 40],
      [196, 110, 24, 78],
      [14, 164, 104, 24],
    ].map(([x = 0, y = 0, width = 0, height = 0]) => svg("rect", { x, y, width, height, rx: 3, class: "map-house" })),
    svg("path", { d: "M0 150H126V200M166 0V98H260M236 98V210", class: "map-lane" }),
    svg("circle", { cx: 88, cy: 144, r: 9, class: "map-tree" }),
    svg("circle", { cx: 152, cy: 176, r: 12, class: "map-tree" }),
  );

/** The whole city as one group; `withNames` adds the names of districts and streets. */
export const drawMap = (map: PageMap, withNames: boolean): SVGGElement => {
  drawings += 1;
  const houses = `map-houses-${drawings}`;
  const areas = map.districts.flatMap(({ rings }, index) => {
    const d = rings.map((ring) => `${path(map, ring)}Z`).join("");
    return [
      svg("path", { d, class: `map-district map-tint-${index % 6}`, "fill-rule": "evenodd" }),
      svg("path", { d, fill: `url(#${houses})`, "fill-rule": "evenodd" }),
      svg("path", { d, class: "map-border" }),
    ];
  });
  const streets = map.streets.map((street, index) => ({
    ...street,
    id: `map-street-${drawings}-${index}`,
    d: path(map, leftToRight(street.line)),
  }));
  return svg(
    "g",
    {},
    svg("defs", {}, blocks(houses)),
    ...areas,
    ...streets.map(({ d }) => svg("path", { d, class: "map-street-edge" })),
    ...streets.map(({ d, id }) => svg("path", { d, id, class: "map-street" })),
    ...(withNames ? names(map, streets) : []),
  );
};

/** Street names follow the line, so the line must run the way people read. */
const leftToRight = (line: readonly [number, number][]): [number, number][] => {
  const first = line[0];
  const last = line.at(-1);
  return first !== undefined && last !== undefined && first[0] > last[0] ? line.toReversed() : [...line];
};

const names = (map: PageMap, streets: readonly (PageMap["streets"][number] & { id: string })[]): SVGElement[] => [
  ...streets.map(({ id, name, line }) =>
    svg(
      "text",
      { class: "map-street-name", dy: "0.35em", "data-metres": Math.round(lengthOf(map, line)) },
      svg("textPath", { href: `#${id}`, startOffset: "50%" }, name),
    ),
  ),
  ...map.districts.flatMap((district) => {
    const [ring] = district.rings;
    if (ring === undefined) return [];
    const { x, y } = middle(map, ring);
    return [svg("text", { x: x.toFixed(0), y: y.toFixed(0), class: "map-district-name" }, district.name)];
  }),
];

const lengthOf = (map: PageMap, line: readonly [number, number][]): number => {
  const points = line.map((point) => toMetres(map, point));
  return points.reduce((sum, { x, y }, index) => {
    const before = points[index - 1];
    return before === undefined ? sum : sum + Math.hypot(x - before.x, y - before.y);
  }, 0);
};

const letterPx = 6.6;

/** Hides the names that are longer than their streets at a scale (metres per pixel): they would be cut off at both ends. */
export const fitNames = (drawing: SVGElement, metresPerPixel: number): void => {
  for (const name of drawing.querySelectorAll<SVGTextElement>(".map-street-name")) {
    const room = Number(name.dataset["metres"]) / metresPerPixel;
    name.toggleAttribute("display", false);
    if (room < (name.textContent?.length ?? 0) * letterPx) name.setAttribute("display", "none");
  }
};

const isInRing = (ring: readonly [number, number][], lon: number, lat: number): boolean => {
  let inside = false;
  ring.forEach(([aLon, aLat], index) => {
    const [bLon, bLat] = ring[(index + 1) % ring.length] ?? [aLon, aLat];
    if (aLat > lat !== bLat > lat && lon < ((bLon - aLon) * (lat - aLat)) / (bLat - aLat) + aLon) inside = !inside;
  });
  return inside;
};

/** The name of the district at a place, or null outside all of them; only a hint for the person choosing. */
export const districtAt = (map: PageMap, lat: number, lon: number): string | null =>
  map.districts.find(({ rings }) => rings.filter((ring) => isInRing(ring, lon, lat)).length % 2 === 1)?.name ?? null;

/** The red drop that marks a place; its tip is the origin, its size is in pixels of the screen. */
export const pin = (): SVGGElement =>
  svg(
    "g",
    { class: "map-pin" },
    svg("ellipse", { cx: 0, cy: 0, rx: 7, ry: 3, class: "map-pin-shadow" }),
    svg("path", { d: "M0 0C-4-9-13-14-13-24a13 13 0 1 1 26 0C13-14 4-9 0 0z", class: "map-pin-body" }),
    svg("circle", { cx: 0, cy: -24, r: 5, class: "map-pin-eye" }),
  );
