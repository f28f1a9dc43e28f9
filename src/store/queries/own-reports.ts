import { and, count, desc, eq, gte, inArray } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { events } from "../schema/events.ts";
import { reports } from "../schema/reports.ts";

/** A line of a resident's own list. */
export type OwnReport = Pick<typeof reports.$inferSelect, "id" | "status" | "topicId" | "address" | "createdAt">;

/** A page of what a resident has filed, newest first, `page` counting from 0; `isLast` when no further page follows. */
export const listOwnReports = async (
  db: Db,
  authorId: number,
  { page, size }: { page: number; size: number },
): Promise<{ reports: OwnReport[]; isLast: boolean }> => {
  const found = await db
    .select({
      id: reports.id,
      status: reports.status,
      topicId: reports.topicId,
      address: reports.address,
      createdAt: reports.createdAt,
    })
    .from(reports)
    .where(eq(reports.authorId, authorId))
    .orderBy(desc(reports.id))
    .limit(size + 1)
    .offset(page * size);
  return { reports: found.slice(0, size), isLast: found.length <= size };
};

/** How many reports a resident has filed since the moment. */
export const countReportsSince = async (db: Db | Tx, authorId: number, since: Date): Promise<number> => {
  const [row] = await db
    .select({ filed: count() })
    .from(reports)
    .where(and(eq(reports.authorId, authorId), gte(reports.createdAt, since)));
  return row?.filed ?? 0;
};

/** The report a resident sent last, as a new one or repaired; null when they never sent one. */
export const findLastSent = async (db: Db | Tx, residentId: number): Promise<number | null> => {
  const [row] = await db
    .select({ reportId: events.reportId })
    .from(events)
    .where(and(eq(events.actorId, residentId), inArray(events.kind, ["submitted", "repaired"])))
    .orderBy(desc(events.id))
    .limit(1);
  return row?.reportId ?? null;
};
