/** What an editor looks at of the queue: a district, a category, or what they have in hand; as words and as a few characters of a button. */
import { findNamed } from "../../city/find-named.ts";
import type { City } from "../../city/schema.ts";

/** Null: all of them. */
export type QueueFilter = { districtId: string | null; categoryId: string | null; isMine: boolean };

export const NO_FILTER: QueueFilter = { districtId: null, categoryId: null, isMine: false };

/** «мои», «у меня», «mine». */
const MINE = /^(?:мои|моё|мое|у меня|mine)$/i;

/** The filter somebody typed; null when it is none that the city knows, or more than one. */
export const readFilter = (city: City, typed: string): QueueFilter | null => {
  if (typed === "") return NO_FILTER;
  if (MINE.test(typed)) return { ...NO_FILTER, isMine: true };
  const [district, ...otherDistricts] = findNamed(
    city.districts.map(({ id, name }) => ({ id, names: [name] })),
    typed,
  );
  if (district !== undefined && otherDistricts.length === 0) return { ...NO_FILTER, districtId: district.id };
  const [category, ...otherCategories] = findNamed(
    city.categories.map(({ id, title }) => ({ id, names: [title] })),
    typed,
  );
  if (category !== undefined && otherCategories.length === 0) return { ...NO_FILTER, categoryId: category.id };
  return null;
};

/** Places in the city's lists instead of ids, because a button has 64 bytes for all it says. */
export const packFilter = (city: City, { districtId, categoryId, isMine }: QueueFilter): string => {
  const district = city.districts.findIndex(({ id }) => id === districtId);
  const category = city.categories.findIndex(({ id }) => id === categoryId);
  return [district < 0 ? "" : `d${district}`, category < 0 ? "" : `c${category}`, isMine ? "m" : ""].join("");
};

/** The same read back; what the city no longer has counts as not filtered. */
export const unpackFilter = (city: City, packed: string): QueueFilter | null => {
  const match = /^(?:d(\d{1,3}))?(?:c(\d{1,3}))?(m)?$/.exec(packed);
  if (match === null) return null;
  const [, district, category, mine] = match;
  return {
    districtId: (district !== undefined && city.districts[Number(district)]?.id) || null,
    categoryId: (category !== undefined && city.categories[Number(category)]?.id) || null,
    isMine: mine !== undefined,
  };
};

/** The topics of the filter's category; none named: all. */
export const topicsOf = (city: City, { categoryId }: QueueFilter): string[] =>
  city.categories.find(({ id }) => id === categoryId)?.topics.map(({ id }) => id) ?? [];
