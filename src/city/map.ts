import { ringsOf } from "./districts.ts";
import type { City, Point, Position } from "./schema.ts";
import { textIn } from "./text.ts";

/** A plain map to draw: `[lon, lat]` everywhere, names in one language. */
export type CityMap = {
  districts: { name: string; rings: Position[][] }[];
  streets: { name: string; line: Position[] }[];
  center: Position;
};

const toPosition = ({ lat, lon }: Point): Position => [lon, lat];

/** The city to pick a place on; `center` is the middle of its extent. */
export const mapOf = (city: City, locale: string): CityMap => {
  const districts = city.districts.map(({ name, geometry }) => ({
    name: textIn(city, name, locale),
    rings: ringsOf(geometry),
  }));
  const positions = districts.flatMap(({ rings }) => rings.flat());
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return {
    districts,
    streets: city.streets.map(({ name, line }) => ({ name: textIn(city, name, locale), line: line.map(toPosition) })),
    center: [middle(positions.map(([lon]) => lon)), middle(positions.map(([, lat]) => lat))],
  };
};
