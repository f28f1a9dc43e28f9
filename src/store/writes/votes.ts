import { and, eq } from "drizzle-orm";
import type { Tx } from "../db.ts";
import { votes, type VoteRow } from "../schema/votes.ts";

/** Adds a vote; false when the person has voted in this cycle already, which changes nothing. */
export const addVote = async (tx: Tx, vote: VoteRow): Promise<boolean> => {
  const added = await tx.insert(votes).values(vote).onConflictDoNothing().returning({ voterId: votes.voterId });
  return added.length > 0;
};

/** What somebody said in a cycle, null when nothing. */
export const findVote = async (
  tx: Tx,
  vote: Pick<VoteRow, "reportId" | "cycle" | "voterId">,
): Promise<VoteRow | null> => {
  const [found] = await tx
    .select()
    .from(votes)
    .where(and(eq(votes.reportId, vote.reportId), eq(votes.cycle, vote.cycle), eq(votes.voterId, vote.voterId)));
  return found ?? null;
};
