import type { Category, City } from "./schema.ts";

/** The category a topic stands in; undefined for a topic the city has dropped since. */
export const categoryOf = (city: Pick<City, "topics" | "categories">, topicId: string): Category | undefined => {
  const topic = city.topics.get(topicId);
  return city.categories.find(({ id }) => id === topic?.categoryId);
};
