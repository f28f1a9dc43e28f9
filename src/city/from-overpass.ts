import { z } from "zod";

const Place = z.object({ lat: z.number(), lon: z.number() });

/** What an Overpass answer holds of use; everything else in it is left alone. */
const Answer = z.object({
  elements: z.array(
    z.object({
      tags: z.record(z.string(), z.string()).default({}),
      lat: z.number().optional(),
      lon: z.number().optional(),
      center: Place.optional(),
      geometry: z.array(Place).optional(),
    }),
  ),
});

type LatLon = [lat: number, lon: number];
type StreetEntry = { name: Record<string, string>; line: LatLon[]; houses: Record<string, LatLon> };

/** A hundred-thousandth of a degree is a meter: more digits only make the file longer. */
const toLatLon = ({ lat, lon }: z.infer<typeof Place>): LatLon => [Number(lat.toFixed(5)), Number(lon.toFixed(5))];

/**
 * Turns an answer of OpenStreetMap's Overpass API (docs/city.md has the query) into the contents of addresses.yaml. A street
 * takes the longest of its ways as its line; houses on no known street, or whose number has no digit first, are left out.
 * Throws for anything that is no Overpass answer.
 */
export const toAddresses = (answer: unknown, locales: readonly string[]): { streets: StreetEntry[] } => {
  const { elements } = Answer.parse(answer);
  const streets = new Map<string, StreetEntry>();
  for (const { tags, geometry } of elements) {
    const name = tags["name"];
    if (!tags["highway"] || !name || !geometry || geometry.length < 2) continue;
    const known = streets.get(name);
    if (known && known.line.length >= geometry.length) continue;
    streets.set(name, {
      name: Object.fromEntries(locales.map((locale) => [locale, tags[`name:${locale}`] ?? name])),
      line: geometry.map(toLatLon),
      houses: {},
    });
  }
  for (const { tags, lat, lon, center } of elements) {
    const street = streets.get(tags["addr:street"] ?? "");
    const number = tags["addr:housenumber"];
    const place = center ?? (lat !== undefined && lon !== undefined ? { lat, lon } : null);
    if (street && place && number && /^\d/.test(number)) street.houses[number] ??= toLatLon(place);
  }
  return {
    streets: [...streets.values()].toSorted((a, b) =>
      (a.name[locales[0] ?? ""] ?? "").localeCompare(b.name[locales[0] ?? ""] ?? ""),
    ),
  };
};
