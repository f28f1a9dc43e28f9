import { and, eq, isNull, sql } from "drizzle-orm";
import type { Actor } from "../../report/permission.ts";
import type { VoterTies } from "../../report/voters.ts";
import type { Db } from "../db.ts";
import type { ReportRow } from "../schema/reports.ts";
import { checks, followers, votes } from "../schema/votes.ts";

/** What ties a person to a report whose answer is published, read in the transaction of their vote. */
export const findVoterTies = async (db: Db, actor: Actor, report: ReportRow): Promise<VoterTies> => {
  const { residentId, grants } = actor;
  const [follower] = await db
    .select({ joinedAt: followers.joinedAt })
    .from(followers)
    .where(and(eq(followers.reportId, report.id), eq(followers.residentId, residentId), isNull(followers.leftAt)));
  const [check] = await db
    .select({ one: sql`1` })
    .from(checks)
    .where(and(eq(checks.reportId, report.id), eq(checks.cycle, report.cycle), eq(checks.residentId, residentId)));
  const [recorded] = await db
    .select({ one: sql`1` })
    .from(votes)
    .where(and(eq(votes.reportId, report.id), eq(votes.cycle, report.cycle), eq(votes.recordedById, residentId)));
  return {
    isAuthor: report.authorId === residentId,
    followsSince: follower?.joinedAt ?? null,
    isInvited: check !== undefined,
    isInspector: grants.some(({ role }) => role === "inspector"),
    isOfficerOfAgency: grants.some(({ role, agencyId }) => role === "officer" && agencyId === report.agencyId),
    isPublisher: report.publisherId === residentId,
    hasRecordedWord: recorded !== undefined,
  };
};
