import { and, desc, eq, inArray, notInArray } from "drizzle-orm";
import { STAFF_ROLES } from "../../report/status.ts";
import { TELLING } from "../../report/ticks.ts";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { residents } from "../schema/residents.ts";

/** What was last done to a report by the city's people or the clock; `by` is null for the clock, its name null once erased. */
export type Decision = { kind: string; at: Date; by: { name: string | null; role: string } | null };

/** The last thing staff or the clock did to a report, for whoever comes too late; never says who its author is. */
export const findLastDecision = async (db: Db, reportId: number): Promise<Decision | null> => {
  const [row] = await db
    .select({ kind: events.kind, at: events.at, role: events.actorRole, name: residents.name })
    .from(events)
    .leftJoin(residents, eq(residents.id, events.actorId))
    .where(
      and(
        eq(events.reportId, reportId),
        inArray(events.actorRole, [...STAFF_ROLES, "clock"]),
        // Looking at a report decides nothing, nor does a date that passes.
        notInArray(events.kind, ["viewed", ...TELLING]),
      ),
    )
    .orderBy(desc(events.id))
    .limit(1);
  if (row === undefined) return null;
  return { kind: row.kind, at: row.at, by: row.role === "clock" ? null : { name: row.name, role: row.role } };
};
