import { checkCity } from "./check-city.ts";
import { checkDistricts } from "./check-districts.ts";
import type { Fault } from "./fault.ts";
import { toStreet } from "./houses.ts";
import { readCalendar } from "./read-calendar.ts";
import { readCityFiles } from "./read-files.ts";
import { resolveRoutes } from "./resolve-routes.ts";
import type { City } from "./schema.ts";

export type LoadedCity = { ok: true; city: City } | { ok: false; faults: Fault[] };

/**
 * Reads and checks a city folder. All faults of a stage are told at once: first what each file lacks by itself, then what the
 * files lack together. Never throws for anything that stands, or fails to stand, in the folder.
 */
export const loadCity = async (dir: string): Promise<LoadedCity> => {
  const result = await readCityFiles(dir);
  if (!result.ok) return result;
  const { files, consent } = result.read;

  const districts = files["districts.geojson"].features.map(({ properties, geometry }) => ({
    ...properties,
    geometry,
  }));
  const { calendar, faults: calendarFaults } = readCalendar(files);
  const { routes, faults: routeFaults } = resolveRoutes(files);
  const faults = [...checkCity(files, districts), ...routeFaults, ...calendarFaults, ...checkDistricts(districts)];
  if (faults.length > 0) return { ok: false, faults };

  const categories = files["topics.yaml"].categories.map((category) => ({
    ...category,
    topics: category.topics.map((topic) => ({ ...topic, categoryId: category.id })),
  }));
  const { consent: shortConsent, ...rest } = files["city.yaml"];
  const { interpolate, streets } = files["addresses.yaml"];
  return {
    ok: true,
    city: {
      ...rest,
      consent: { ...shortConsent, full: consent },
      districts,
      categories,
      topics: new Map(categories.flatMap((category) => category.topics).map((topic) => [topic.id, topic])),
      routes,
      calendar,
      streets: streets.map((street) => toStreet(street, interpolate)),
    },
  };
};
