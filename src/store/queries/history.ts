import { and, asc, eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { residents } from "../schema/residents.ts";

/** One event of a report's life; `name` is the actor's, null for the clock and once erased. */
export type HistoryEntry = Pick<typeof events.$inferSelect, "at" | "kind" | "data" | "actorRole"> & {
  name: string | null;
};

/** A report's life from the beginning, for staff's eyes: it names whoever acted. */
export const listHistory = async (db: Db, reportId: number): Promise<HistoryEntry[]> =>
  db
    .select({
      at: events.at,
      kind: events.kind,
      data: events.data,
      actorRole: events.actorRole,
      name: residents.name,
    })
    .from(events)
    .leftJoin(residents, eq(residents.id, events.actorId))
    .where(and(eq(events.reportId, reportId)))
    .orderBy(asc(events.id));
