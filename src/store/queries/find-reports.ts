import { desc, sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";

/** A line of what was found. */
export type FoundReport = Pick<
  typeof reports.$inferSelect,
  "id" | "status" | "topicId" | "districtId" | "address" | "description" | "createdAt"
>;

/**
 * A page of the reports in whose text or address all the words stand, in any of their Russian or English forms, newest first; `page`
 * counts from 0. `isLast` when no further page follows.
 */
export const findReports = async (
  db: Db,
  words: string,
  { page, size }: { page: number; size: number },
): Promise<{ reports: FoundReport[]; isLast: boolean }> => {
  // Exactly the expression of the index `reports_words`, or Postgres would read every report.
  const said = sql`to_tsvector('russian', ${reports.description} || ' ' || coalesce(${reports.address}, ''))`;
  const found = await db
    .select({
      id: reports.id,
      status: reports.status,
      topicId: reports.topicId,
      districtId: reports.districtId,
      address: reports.address,
      description: reports.description,
      createdAt: reports.createdAt,
    })
    .from(reports)
    .where(sql`${said} @@ websearch_to_tsquery('russian', ${words})`)
    .orderBy(desc(reports.id))
    .limit(size + 1)
    .offset(page * size);
  return { reports: found.slice(0, size), isLast: found.length <= size };
};
