import { booleanPointInPolygon } from "@turf/boolean-point-in-polygon";
import Flatbush from "flatbush";
import type { City, District, Geometry, Point, Position } from "./schema.ts";

/** West, south, east, north. */
type Box = [number, number, number, number];

/** All outer and inner rings of a geometry. */
export const ringsOf = (geometry: Geometry): Position[][] =>
  geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();

const boxOf = (geometry: Geometry): Box => {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of ringsOf(geometry).flat()) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
};

/** Whether the point lies in the geometry or on its border. */
export const contains = (geometry: Geometry, point: Point): boolean =>
  booleanPointInPolygon([point.lon, point.lat], geometry);

// Keyed by the districts themselves: a city copied with other limits keeps its index, one with other districts gets its own.
const indexes = new WeakMap<readonly District[], Flatbush>();

const indexOf = (districts: readonly District[]): Flatbush => {
  const known = indexes.get(districts);
  if (known) return known;
  const index = new Flatbush(districts.length);
  for (const district of districts) index.add(...boxOf(district.geometry));
  index.finish();
  indexes.set(districts, index);
  return index;
};

/** The district the point lies in, null outside the city; on a common border the district that comes first in the file. */
export const districtOf = (city: Pick<City, "districts">, point: Point): District | null => {
  const candidates = indexOf(city.districts).search(point.lon, point.lat, point.lon, point.lat);
  for (const position of candidates.toSorted((a, b) => a - b)) {
    const district = city.districts[position];
    if (district && contains(district.geometry, point)) return district;
  }
  return null;
};
