import { and, eq, isNull, isNotNull } from "drizzle-orm";
import type { Tx } from "../db.ts";
import { followers } from "../schema/votes.ts";

/** Makes somebody a follower from `now` on; false when they are one already. Who comes back counts from the day they came back. */
export const addFollower = async (tx: Tx, reportId: number, residentId: number, now: Date): Promise<boolean> => {
  const added = await tx
    .insert(followers)
    .values({ reportId, residentId, joinedAt: now })
    .onConflictDoUpdate({
      target: [followers.reportId, followers.residentId],
      set: { joinedAt: now, leftAt: null },
      setWhere: isNotNull(followers.leftAt),
    })
    .returning({ residentId: followers.residentId });
  return added.length > 0;
};

/** Ends it; false when they follow it no more. */
export const endFollowing = async (tx: Tx, reportId: number, residentId: number, now: Date): Promise<boolean> => {
  const ended = await tx
    .update(followers)
    .set({ leftAt: now })
    .where(and(eq(followers.reportId, reportId), eq(followers.residentId, residentId), isNull(followers.leftAt)))
    .returning({ residentId: followers.residentId });
  return ended.length > 0;
};
