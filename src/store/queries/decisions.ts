import { and, asc, desc, eq, gt, inArray, ne, notInArray, or, sql } from "drizzle-orm";
import type { EventData } from "../../report/event.ts";
import { STAFF_ROLES, type StaffRole } from "../../report/status.ts";
import { DECIDERS, LEAVES_ALONE, TAKEN_BACK_KINDS, type TakenBack } from "../../report/take-back.ts";
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
        // Looking at a report decides nothing, nor does asking neighbours to look, nor a date that passes.
        notInArray(events.kind, ["viewed", "noted", "banned", "unbanned", "checks_invited", ...TELLING]),
        // Nor does the end of a taking's time.
        or(ne(events.kind, "released"), ne(events.actorRole, "clock")),
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

/** A decision that may be taken back, and the role in which it was made. */
export type OwnDecision = { id: number; reportId: number; kind: TakenBack; at: Date; role: StaffRole };

/** This person's last decision of those that may be taken back, taken back ones included; null when they decided nothing. */
export const findOwnDecision = async (db: Db, actorId: number): Promise<OwnDecision | null> => {
  const [row] = await db
    .select({ id: events.id, reportId: events.reportId, kind: events.kind, at: events.at, role: events.actorRole })
    .from(events)
    .where(
      and(
        eq(events.actorId, actorId),
        inArray(events.kind, TAKEN_BACK_KINDS),
        inArray(events.actorRole, [...DECIDERS]),
        // A vote that closed a report is no decision: whoever decides gives a reason.
        sql`(${events.kind} <> 'closed' or ${events.data} ->> 'reason' is not null)`,
      ),
    )
    .orderBy(desc(events.id))
    .limit(1);
  // The query asks for no other kinds and roles.
  return row === undefined || row.reportId === null ? null : (row as OwnDecision);
};

/** What has come of a decision, by the kind of the first event after it; `unsaid` has left words and no event yet. Null: nothing. */
export const findWhatFollowed = async (
  db: Db,
  { id, reportId, at }: Pick<OwnDecision, "id" | "reportId" | "at">,
): Promise<string | null> => {
  const [event] = await db
    .select({ kind: events.kind })
    .from(events)
    .where(
      and(eq(events.reportId, reportId), gt(events.id, id), notInArray(events.kind, [...LEAVES_ALONE, ...TELLING])),
    )
    .orderBy(asc(events.id))
    .limit(1);
  if (event !== undefined) return event.kind;
  const said = await db
    .select({ id: additions.id })
    .from(additions)
    .where(and(eq(additions.reportId, reportId), gt(additions.at, at), ne(additions.kind, "note")))
    .limit(1);
  return said.length > 0 ? "unsaid" : null;
};
