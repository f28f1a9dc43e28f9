import { and, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { followers } from "../schema/votes.ts";

/** The reports a resident follows now, newest first, `limit` at most. */
export const listFollowed = async (db: Db, residentId: number, limit: number): Promise<number[]> => {
  const followed = await db
    .select({ reportId: followers.reportId })
    .from(followers)
    .where(and(eq(followers.residentId, residentId), isNull(followers.leftAt)))
    .orderBy(desc(followers.reportId))
    .limit(limit);
  return followed.map(({ reportId }) => reportId);
};

/** Whether the resident follows the report now. */
export const isFollowing = async (db: Db, reportId: number, residentId: number): Promise<boolean> => {
  const found = await db
    .select({ residentId: followers.residentId })
    .from(followers)
    .where(and(eq(followers.reportId, reportId), eq(followers.residentId, residentId), isNull(followers.leftAt)));
  return found.length > 0;
};
