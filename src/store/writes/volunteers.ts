import { and, between, count, eq, gte, inArray, isNull, lte, notExists, or, sql, type SQL } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import type { Box } from "../queries/disputes.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";
import { checks, followers, volunteers } from "../schema/votes.ts";

type Point = { lat: number; lon: number };

/** Remembers where a volunteer is at home; who is one already moves. */
export const saveVolunteer = async (tx: Tx, residentId: number, { lat, lon }: Point, now: Date): Promise<void> => {
  await tx
    .insert(volunteers)
    .values({ residentId, lat, lon, joinedAt: now })
    .onConflictDoUpdate({ target: volunteers.residentId, set: { lat, lon } });
};

/** Forgets a volunteer and their home; false when they were none. Invitations they have stay theirs. */
export const removeVolunteer = async (tx: Tx, residentId: number): Promise<boolean> => {
  const removed = await tx
    .delete(volunteers)
    .where(eq(volunteers.residentId, residentId))
    .returning({ residentId: volunteers.residentId });
  return removed.length > 0;
};

/** A volunteer with their home. */
export type Neighbour = Point & { residentId: number };

/**
 * Volunteers in a box around a place whom nothing ties to the report: not its author, not a follower, not of its agency, not its
 * publisher, not asked in this cycle already, not banned, and reachable. At most `limit`, those nearest to the middle first.
 */
export const listNeighbours = (
  db: Db,
  box: Box,
  report: {
    id: number;
    cycle: number;
    authorId: number | null;
    agencyId: string | null;
    publisherId: number | null;
  },
  limit: number,
  now: Date,
): Promise<Neighbour[]> => {
  const [lat, lon] = [(box.south + box.north) / 2, (box.west + box.east) / 2];
  const height = box.north - box.south;
  const width = box.east - box.west;
  const follows = db
    .select({ one: sql`1` })
    .from(followers)
    .where(
      and(eq(followers.reportId, report.id), eq(followers.residentId, volunteers.residentId), isNull(followers.leftAt)),
    );
  const serves = db
    .select({ one: sql`1` })
    .from(grants)
    .where(
      and(
        eq(grants.residentId, volunteers.residentId),
        eq(grants.agencyId, report.agencyId ?? ""),
        isNull(grants.removedAt),
      ),
    );
  const wasAsked = db
    .select({ one: sql`1` })
    .from(checks)
    .where(and(isCheckOf(report), eq(checks.residentId, volunteers.residentId)));
  return db
    .select({ residentId: volunteers.residentId, lat: volunteers.lat, lon: volunteers.lon })
    .from(volunteers)
    .innerJoin(residents, eq(residents.id, volunteers.residentId))
    .where(
      and(
        between(volunteers.lat, box.south, box.north),
        between(volunteers.lon, box.west, box.east),
        isNull(residents.blockedAt),
        or(isNull(residents.bannedUntil), lte(residents.bannedUntil, now)),
        sql`${volunteers.residentId} is distinct from ${report.authorId}::bigint`,
        sql`${volunteers.residentId} is distinct from ${report.publisherId}::bigint`,
        notExists(follows),
        notExists(serves),
        notExists(wasAsked),
      ),
    )
    .orderBy(
      sql`((${volunteers.lat} - ${lat}::float8) / ${height}::float8) ^ 2 + ((${volunteers.lon} - ${lon}::float8) / ${width}::float8) ^ 2`,
      volunteers.residentId,
    )
    .limit(limit);
};

/** Locks volunteers in one order for everybody, and tells how often each was invited since the moment: nobody else invites them meanwhile. */
export const claimVolunteers = async (
  tx: Tx,
  residentIds: readonly number[],
  since: Date,
): Promise<Map<number, number>> => {
  if (residentIds.length === 0) return new Map();
  const ids = [...residentIds];
  const claimed = await tx
    .select({ residentId: volunteers.residentId })
    .from(volunteers)
    .where(inArray(volunteers.residentId, ids))
    .orderBy(volunteers.residentId)
    .for("update");
  const invited = await tx
    .select({ residentId: checks.residentId, times: count() })
    .from(checks)
    .where(and(inArray(checks.residentId, ids), gte(checks.invitedAt, since)))
    .groupBy(checks.residentId);
  const times = new Map(invited.map(({ residentId, times: n }) => [residentId, n]));
  return new Map(claimed.map(({ residentId }) => [residentId, times.get(residentId) ?? 0]));
};

/** How many were asked to look at the answer of this cycle. */
export const countChecks = async (tx: Tx, report: { id: number; cycle: number }): Promise<number> => {
  const [counted] = await tx.select({ times: count() }).from(checks).where(isCheckOf(report));
  return counted?.times ?? 0;
};

/** Writes invitations to look at the answer of a cycle. */
export const addChecks = async (
  tx: Tx,
  { reportId, cycle }: { reportId: number; cycle: number },
  residentIds: readonly number[],
  now: Date,
): Promise<void> => {
  if (residentIds.length === 0) return;
  await tx
    .insert(checks)
    .values(residentIds.map((residentId) => ({ reportId, cycle, residentId, invitedAt: now })))
    .onConflictDoNothing();
};

/** Nobody is invited to look at the answer of this cycle any more. */
export const removeChecks = async (tx: Tx, report: { id: number; cycle: number }): Promise<void> => {
  await tx.delete(checks).where(isCheckOf(report));
};

const isCheckOf = ({ id, cycle }: { id: number; cycle: number }): SQL | undefined =>
  and(eq(checks.reportId, id), eq(checks.cycle, cycle));
