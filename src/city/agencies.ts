import type { City } from "./schema.ts";

/** The agencies' ids, those that work in the district first, the ones it turns to most before the others. */
export const agenciesFor = (city: Pick<City, "agencies" | "routes">, districtId: string): string[] => {
  const topics = new Map<string, number>();
  for (const byDistrict of city.routes.values()) {
    const agencyId = byDistrict.get(districtId);
    if (agencyId !== undefined) topics.set(agencyId, (topics.get(agencyId) ?? 0) + 1);
  }
  return city.agencies.map(({ id }) => id).toSorted((a, b) => (topics.get(b) ?? 0) - (topics.get(a) ?? 0));
};
