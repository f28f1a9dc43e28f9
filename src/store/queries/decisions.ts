import { and, desc, eq, gt, inArray, notInArray } from "drizzle-orm";
import { TAKEN_BACK } from "../../report/before.ts";
import type { EventData } from "../../report/event.ts";
import { STAFF_ROLES } from "../../report/status.ts";
import { TELLING } from "../../report/ticks.ts";
import type { Db } from "../db.ts";
import { additions } from "../schema/additions.ts";
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
        notInArray(events.kind, ["viewed", "noted", "banned", "unbanned", ...TELLING]),
      ),
    )
    .orderBy(desc(events.id))
    .limit(1);
  if (row === undefined) return null;
  return { kind: row.kind, at: row.at, by: row.role === "clock" ? null : { name: row.name, role: row.role } };
};

/** The last merge of a report, null when it never was merged. */
export const findLastMerge = async (db: Db, reportId: number): Promise<EventData["merged"] | null> => {
  const [row] = await db
    .select({ data: events.data })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.kind, "merged")))
    .orderBy(desc(events.id))
    .limit(1);
  // record() takes nothing else for the data of its kind.
  return row === undefined ? null : (row.data as EventData["merged"]);
};

/** The last decision of moderation by this person, taken back ones included; null when they decided nothing. */
export const findOwnDecision = async (
  db: Db,
  actorId: number,
): Promise<{ reportId: number; kind: string; at: Date } | null> => {
  const [row] = await db
    .select({ reportId: events.reportId, kind: events.kind, at: events.at })
    .from(events)
    .where(and(eq(events.actorId, actorId), inArray(events.kind, [...TAKEN_BACK])))
    .orderBy(desc(events.id))
    .limit(1);
  return row === undefined || row.reportId === null ? null : { ...row, reportId: row.reportId };
};

/** Whether anybody added something to a report after the moment. */
export const hasAdditionsAfter = async (db: Db, reportId: number, moment: Date): Promise<boolean> => {
  const found = await db
    .select({ id: additions.id })
    .from(additions)
    .where(and(eq(additions.reportId, reportId), gt(additions.at, moment)))
    .limit(1);
  return found.length > 0;
};
