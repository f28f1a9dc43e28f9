import { and, desc, eq, exists, gte, inArray, lt, not, or, sql } from "drizzle-orm";
import { STAFF_ROLES } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { reports } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** What staff did; `name` is null once erased. Nothing in it is about a resident, nor a vote before its check is over. */
export type AuditEntry = {
  id: number;
  at: Date;
  kind: string;
  role: string;
  reportId: number | null;
  name: string | null;
};

/** Whose acts and when: `residentId` null is everybody's, `from` and `until` (not included) null without bounds. */
export type AuditFilter = { residentId: number | null; from: Date | null; until: Date | null };

/** A page of the staff's acts, the newest first, that are older than the event `before`; `isLast` when no further page follows. */
export const listAudit = async (
  db: Db,
  { residentId, from, until }: AuditFilter,
  { before, size }: { before: number | null; size: number },
): Promise<{ entries: AuditEntry[]; isLast: boolean }> => {
  // A refutation ends the check at once, so that somebody voted while it goes on already tells how.
  const isChecked = db
    .select({ one: sql`1` })
    .from(reports)
    .where(and(eq(reports.id, events.reportId), eq(reports.status, "published")));
  const found = await db
    .select({
      id: events.id,
      at: events.at,
      kind: events.kind,
      role: events.actorRole,
      reportId: events.reportId,
      name: residents.name,
    })
    .from(events)
    .leftJoin(residents, eq(residents.id, events.actorId))
    .where(
      and(
        // Taking up a role is the first act in it.
        or(inArray(events.actorRole, [...STAFF_ROLES]), eq(events.kind, "joined")),
        not(and(eq(events.kind, "voted"), exists(isChecked)) ?? sql`false`),
        residentId === null ? undefined : eq(events.actorId, residentId),
        from === null ? undefined : gte(events.at, from),
        until === null ? undefined : lt(events.at, until),
        before === null ? undefined : lt(events.id, before),
      ),
    )
    .orderBy(desc(events.id))
    .limit(size + 1);
  return { entries: found.slice(0, size), isLast: found.length <= size };
};

/** Somebody who is or was staff. */
export type StaffPerson = { residentId: number; name: string | null };

/** Everybody who is or was staff and has this number, or a name with these words in it; at most `limit`. */
export const findStaffPeople = async (db: Db, typed: string, limit: number): Promise<StaffPerson[]> => {
  const number = /^#?(\d{1,15})$/.exec(typed)?.[1];
  const isStaff = exists(
    db
      .select({ one: sql`1` })
      .from(grants)
      .where(eq(grants.residentId, residents.id)),
  );
  const isNumber =
    number === undefined ? undefined : or(eq(residents.id, Number(number)), eq(residents.telegramId, Number(number)));
  const people = await db
    .select({ residentId: residents.id, name: residents.name })
    .from(residents)
    .where(and(isStaff, isNumber))
    .orderBy(residents.name, residents.id);
  // Compared here, for they are thousands at most, and a database without a language knows no capital Cyrillic.
  const words = typed.toLowerCase();
  const named = number === undefined ? people.filter(({ name }) => name?.toLowerCase().includes(words)) : people;
  return named.slice(0, limit);
};
