import { and, eq, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
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

/** Makes everybody who follows one report a follower of another, except its own author; who follows it already counts from when they joined. */
export const moveFollowers = async (
  tx: Tx,
  { from, to, exceptId }: { from: number; to: number; exceptId: number | null },
  now: Date,
): Promise<void> => {
  const current = and(eq(followers.reportId, from), isNull(followers.leftAt));
  const moving = await tx
    .select({ residentId: followers.residentId })
    .from(followers)
    .where(exceptId === null ? current : and(current, ne(followers.residentId, exceptId)));
  for (const { residentId } of moving) await addFollower(tx, to, residentId, now);
};

/** Ends what merging one report into another began at this very moment, for its author and its followers; what is older goes on. */
export const endMovedFollowing = async (
  tx: Tx,
  { from, to, authorId }: { from: number; to: number; authorId: number | null },
  joinedAt: Date,
): Promise<void> => {
  const moved = tx
    .select({ residentId: followers.residentId })
    .from(followers)
    .where(and(eq(followers.reportId, from), isNull(followers.leftAt)));
  const isMoved = inArray(followers.residentId, moved);
  await tx
    .update(followers)
    .set({ leftAt: joinedAt })
    .where(
      and(
        eq(followers.reportId, to),
        eq(followers.joinedAt, joinedAt),
        isNull(followers.leftAt),
        authorId === null ? isMoved : or(eq(followers.residentId, authorId), isMoved),
      ),
    );
};
