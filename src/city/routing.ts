import type { City } from "./schema.ts";

/** The id of the agency that answers for the topic in the district; throws for ids the city does not have, loading made the table complete. */
export const routeOf = (city: Pick<City, "routes">, topicId: string, districtId: string): string => {
  const agencyId = city.routes.get(topicId)?.get(districtId);
  if (agencyId === undefined) throw new Error(`No route for topic ${topicId} in district ${districtId}`);
  return agencyId;
};
