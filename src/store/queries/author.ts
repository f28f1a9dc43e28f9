import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";

/** A report with its author's name, null once erased; null when there is no such report. */
export const findAuthor = async (
  db: Db,
  reportId: number,
): Promise<{ report: typeof reports.$inferSelect; name: string | null } | null> => {
  const [row] = await db
    .select({ report: reports, name: residents.name })
    .from(reports)
    .leftJoin(residents, eq(residents.id, reports.authorId))
    .where(eq(reports.id, reportId));
  return row ?? null;
};
