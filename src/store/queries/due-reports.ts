/** What the sweep looks for by the clock. */
import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { at } from "../raw.ts";
import { events } from "../schema/events.ts";
import { reports } from "../schema/reports.ts";

/** A report some moment of which has come. */
export type DueReport = { id: number; nextTickAt: Date };

/** The next `limit` reports with a moment due by now, oldest first, after the one given: a page by keyset. */
export const listDueReports = async (
  db: Db,
  now: Date,
  after: DueReport | null,
  limit: number,
): Promise<DueReport[]> => {
  const beyond = after && sql`(${reports.nextTickAt}, ${reports.id}) > (${at(after.nextTickAt)}, ${after.id}::bigint)`;
  const found = await db
    .select({ id: reports.id, nextTickAt: reports.nextTickAt })
    .from(reports)
    .where(and(isNotNull(reports.nextTickAt), lte(reports.nextTickAt, now), beyond ?? undefined))
    .orderBy(asc(reports.nextTickAt), asc(reports.id))
    .limit(limit);
  return found.flatMap(({ id, nextTickAt }) => (nextTickAt === null ? [] : [{ id, nextTickAt }]));
};

/** Whether the log has this kind of event about the report for the same date already. */
export const hasTold = async (db: Db, reportId: number, kind: string, due: string): Promise<boolean> => {
  const found = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.kind, kind), sql`${events.data} ->> 'due' = ${due}`))
    .limit(1);
  return found.length > 0;
};
