/** Public reports by place: how many in each district, and the map's points gathered where they would cover each other. */
import { and, count, desc, inArray, isNotNull, min, sql, type SQL } from "drizzle-orm";
import { outdoorTopics, type PublicCity } from "../../report/public-place.ts";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";
import { blockOf, isPublic, type PublicFilter } from "./public-filter.ts";

/** How many public reports each district has; one without any is not in it. */
export const countByDistrict = async (
  db: Db,
  city: PublicCity,
  filter: PublicFilter,
): Promise<ReadonlyMap<string, number>> => {
  const counted = await db
    .select({ districtId: reports.districtId, count: count() })
    .from(reports)
    .where(isPublic(city, filter))
    .groupBy(reports.districtId);
  return new Map(counted.map(({ districtId, count: many }) => [districtId, many]));
};

/** Reports near each other: how many, their middle, and the number of one of them. */
export type Cell = { count: number; lat: number; lon: number; id: number };

/**
 * The reports of a filter gathered in cells of a grid of these steps in degrees, those with most first, at most `limit`. It is where the
 * public sees them that is gathered, so a cell with one report in it tells no more of a home than its block. Of more than `most` reports
 * only the newest are gathered: a million takes seconds, and nobody sees the difference from above.
 */
export const listCells = async (
  db: Db,
  city: PublicCity,
  filter: PublicFilter,
  { latStep, lonStep, limit, most }: { latStep: number; lonStep: number; limit: number; most: number },
): Promise<Cell[]> => {
  const outdoors = inArray(reports.topicId, outdoorTopics(city));
  const shownAt = (column: typeof reports.lat | typeof reports.lon): SQL<number> =>
    sql`case when ${outdoors} then ${column} else ${blockOf(column)} end`;
  const points = db
    .select({ id: reports.id, lat: shownAt(reports.lat).as("at_lat"), lon: shownAt(reports.lon).as("at_lon") })
    .from(reports)
    .where(and(isPublic(city, filter), isNotNull(reports.lat)))
    .orderBy(desc(reports.id))
    .limit(most)
    .as("points");
  const found = await db
    .select({
      count: count(),
      lat: sql<number>`avg(${points.lat})`.mapWith(Number),
      lon: sql<number>`avg(${points.lon})`.mapWith(Number),
      id: min(points.id),
    })
    .from(points)
    .groupBy(sql`floor(${points.lat} / ${latStep}::float8)`, sql`floor(${points.lon} / ${lonStep}::float8)`)
    .orderBy(desc(count()), desc(min(points.id)))
    .limit(limit);
  return found.flatMap(({ id, ...cell }) => (id === null ? [] : [{ ...cell, id }]));
};
