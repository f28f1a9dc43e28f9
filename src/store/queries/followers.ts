import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { followers } from "../schema/votes.ts";

/** Whether the resident follows the report now. */
export const isFollowing = async (db: Db, reportId: number, residentId: number): Promise<boolean> => {
  const found = await db
    .select({ residentId: followers.residentId })
    .from(followers)
    .where(and(eq(followers.reportId, reportId), eq(followers.residentId, residentId), isNull(followers.leftAt)));
  return found.length > 0;
};
