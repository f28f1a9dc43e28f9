import { contains, ringsOf } from "./districts.ts";
import type { Fault } from "./fault.ts";
import { toPath } from "./fault.ts";
import { between, metersBetween, metersToLine } from "./geometry.ts";
import type { District, Geometry, Point, Position } from "./schema.ts";

const file = "districts.geojson";

/** Borders drawn by hand or simplified never match to the meter; only an overlap deeper than this is a fault. */
const TOLERANCE_METERS = 30;

/** Enough to meet any overlap wider than a hundredth of the border, few enough for a city of 125 detailed districts. */
const BORDER_SAMPLES = 100;

const toPoint = ([lon, lat]: Position): Point => ({ lat, lon });

/** Points of the border at equal distances. */
const bordersOf = (geometry: Geometry): Point[] => {
  const edges = ringsOf(geometry).flatMap((ring) =>
    ring.slice(1).map((end, i) => [toPoint(ring[i] ?? end), toPoint(end)] as const),
  );
  const lengths = edges.map(([from, to]) => metersBetween(from, to));
  const step = lengths.reduce((sum, length) => sum + length, 0) / BORDER_SAMPLES;
  if (step === 0) return [];
  const points: Point[] = [];
  let ahead = 0;
  edges.forEach(([from, to], i) => {
    const length = lengths[i] ?? 0;
    for (; ahead < length; ahead += step) points.push(between(from, to, ahead / length));
    ahead -= length;
  });
  return points;
};

/** A point well inside: the middle of the longest stretch on the middle parallel. */
const innerPointOf = (geometry: Geometry): Point | null => {
  const rings = ringsOf(geometry);
  const lats = rings.flat().map(([, lat]) => lat);
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2 + 1e-9;
  const crossings = rings
    .flatMap((ring) => ring.slice(1).map((end, i) => [ring[i] ?? end, end] as const))
    .filter(([from, to]) => from[1] > lat !== to[1] > lat)
    .map(([from, to]) => from[0] + ((lat - from[1]) / (to[1] - from[1])) * (to[0] - from[0]))
    .toSorted((a, b) => a - b);
  let best: { lon: number; width: number } | null = null;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [west, east] = [crossings[i] ?? 0, crossings[i + 1] ?? 0];
    if (!best || east - west > best.width) best = { lon: (west + east) / 2, width: east - west };
  }
  return best && { lat, lon: best.lon };
};

const isDeepInside = (geometry: Geometry, point: Point): boolean =>
  contains(geometry, point) &&
  ringsOf(geometry).every((ring) => metersToLine(point, ring.map(toPoint)) > TOLERANCE_METERS);

/** Rings that do not close and districts that overlap; `districts` are in the order of the file. */
export const checkDistricts = (districts: readonly District[]): Fault[] => {
  const faults: Fault[] = [];
  districts.forEach((district, i) => {
    for (const ring of ringsOf(district.geometry)) {
      const [first, last] = [ring[0], ring.at(-1)];
      if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
        faults.push({
          file,
          path: toPath(["features", i, "geometry"]),
          message: "a ring does not end where it starts",
        });
    }
  });
  if (faults.length > 0) return faults;

  const probes = districts.map(({ geometry }) => {
    const inner = innerPointOf(geometry);
    return inner ? [inner, ...bordersOf(geometry)] : bordersOf(geometry);
  });
  districts.forEach((district, i) => {
    districts.slice(0, i).forEach((other, j) => {
      const overlap =
        probes[i]?.some((point) => isDeepInside(other.geometry, point)) ||
        probes[j]?.some((point) => isDeepInside(district.geometry, point));
      if (overlap)
        faults.push({
          file,
          path: toPath(["features", i, "geometry"]),
          message: `${district.id} overlaps with ${other.id} by more than ${TOLERANCE_METERS} m`,
        });
    });
  });
  return faults;
};
