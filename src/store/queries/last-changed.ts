import { desc } from "drizzle-orm";
import type { PublicCity } from "../../report/public-place.ts";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";
import { isPublic, type PublicFilter } from "./public-filter.ts";
import { listPublicReports, type PublicReport } from "./public-reports.ts";

/** The public reports that changed last, the newest change first. */
export const listLastChanged = async (
  db: Db,
  city: PublicCity,
  filter: PublicFilter,
  limit: number,
): Promise<PublicReport[]> => {
  const last = await db
    .select({ id: reports.id })
    .from(reports)
    .where(isPublic(city, filter))
    .orderBy(desc(reports.updatedAt), desc(reports.id))
    .limit(limit);
  const found = await listPublicReports(db, city, { ids: last.map(({ id }) => id) }, { after: null, limit });
  return found.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime() || b.id - a.id);
};
