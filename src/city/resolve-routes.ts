import { toPath, type Fault } from "./fault.ts";
import type { City, CityFiles } from "./schema.ts";

const file = "routes.yaml";

/**
 * Turns the short table people write into topic → district → agency. The closest line wins: the topic's exception for the
 * district, the topic, the category's exception, the category. A name of `perDistrict` stands for one agency per district.
 */
export const resolveRoutes = (files: CityFiles): { routes: City["routes"]; faults: Fault[] } => {
  const { perDistrict, categories, topics } = files[file];
  const faults: Fault[] = [];
  const agencyIds = new Set(files["city.yaml"].agencies.map((agency) => agency.id));
  const districtIds = files["districts.geojson"].features.map((feature) => feature.properties.id);
  const categoryIds = new Set(files["topics.yaml"].categories.map((category) => category.id));
  const topicIds = new Set(
    files["topics.yaml"].categories.flatMap((category) => category.topics.map((topic) => topic.id)),
  );

  const must = (known: boolean, keys: readonly PropertyKey[], message: string) => {
    if (!known) faults.push({ file, path: toPath(keys), message });
  };
  const checkDistricts = (
    table: Record<string, string>,
    keys: readonly PropertyKey[],
    isTarget: (to: string) => boolean,
  ) => {
    for (const [districtId, to] of Object.entries(table)) {
      must(districtIds.includes(districtId), [...keys, districtId], `no district ${districtId} in districts.geojson`);
      must(isTarget(to), [...keys, districtId], `no agency ${to} in city.yaml`);
    }
  };
  for (const [name, table] of Object.entries(perDistrict)) {
    must(
      !agencyIds.has(name),
      ["perDistrict", name],
      "an agency has this id already, so a route to it would be ambiguous",
    );
    checkDistricts(table, ["perDistrict", name], (to) => agencyIds.has(to));
  }

  const isTarget = (to: string) => agencyIds.has(to) || Object.hasOwn(perDistrict, to);
  const checkSection = (section: "categories" | "topics", known: ReadonlySet<string>) => {
    for (const [id, route] of Object.entries(files[file][section])) {
      must(known.has(id), [section, id], `no such ${section === "topics" ? "topic" : "category"} in topics.yaml`);
      const to = typeof route === "string" ? route : route.to;
      must(isTarget(to), [section, id], `no agency ${to} in city.yaml and nothing of that name in perDistrict`);
      if (typeof route !== "string") checkDistricts(route.except, [section, id, "except"], isTarget);
    }
  };
  checkSection("categories", categoryIds);
  checkSection("topics", topicIds);

  const resolve = (route: string | { to: string; except: Record<string, string> } | undefined, districtId: string) => {
    if (route === undefined) return undefined;
    const to = typeof route === "string" ? route : (route.except[districtId] ?? route.to);
    return Object.hasOwn(perDistrict, to) ? perDistrict[to]?.[districtId] : to;
  };
  const routes = new Map<string, ReadonlyMap<string, string>>();
  for (const category of files["topics.yaml"].categories)
    for (const topic of category.topics) {
      const agencies = new Map<string, string>();
      for (const districtId of districtIds) {
        const agencyId = resolve(topics[topic.id], districtId) ?? resolve(categories[category.id], districtId);
        must(agencyId !== undefined, ["topics", topic.id], `no agency for this topic in the district ${districtId}`);
        if (agencyId !== undefined) agencies.set(districtId, agencyId);
      }
      routes.set(topic.id, agencies);
    }
  return { routes, faults };
};
