/** What the votes on a published answer come to. Pure: the votes, the dates and the moment go in, the standing comes out. */
import { authorFirstUntil } from "./ticks.ts";

export const VOTER_KINDS = ["author", "follower", "volunteer", "inspector"] as const;
export type VoterKind = (typeof VOTER_KINDS)[number];

/** `confirmation`: it is fixed; `refutation`: it is not. */
export const VOTE_VALUES = ["confirmation", "refutation"] as const;
export type VoteValue = (typeof VOTE_VALUES)[number];
export type Vote = { kind: VoterKind; value: VoteValue };

/** By whom an answer was confirmed: all that is ever told of voters. */
export type ConfirmedBy = { author: boolean; others: number };

/** How the check of an answer stands. */
export type Standing =
  /** `nextAt` is when to look again if nobody votes. */
  | { kind: "open"; nextAt: Date }
  | { kind: "disputed" }
  | { kind: "closed"; outcome: "confirmed" | "unverified" | "not_fixable"; by: ConfirmedBy };

/**
 * The rules of PRODUCT.md, "Voters": a refutation disputes at once; two confirmations, one not the author's, close at once with the
 * author's and 48 hours after publication without; at the window's end any confirmation is enough, and nobody's is `unverified`.
 * An answer that it cannot be fixed is never confirmed: undisputed it ends as `not_fixable`.
 */
export const standingOf = (
  votes: readonly Vote[],
  answer: { kind: "fixed" | "cannot_fix"; publishedAt: Date; windowEndsAt: Date },
  now: Date,
): Standing => {
  if (votes.some(({ value }) => value === "refutation")) return { kind: "disputed" };
  const isOver = now >= answer.windowEndsAt;
  const by = {
    author: votes.some(({ kind }) => kind === "author"),
    others: votes.filter(({ kind }) => kind !== "author").length,
  };
  if (answer.kind === "cannot_fix") {
    return isOver ? { kind: "closed", outcome: "not_fixable", by } : { kind: "open", nextAt: answer.windowEndsAt };
  }
  if (isOver) return { kind: "closed", outcome: votes.length > 0 ? "confirmed" : "unverified", by };
  const isQuorum = votes.length >= 2 && by.others > 0;
  if (!isQuorum) return { kind: "open", nextAt: answer.windowEndsAt };
  const authorHadTimeAt = authorFirstUntil(answer.publishedAt);
  if (by.author || now >= authorHadTimeAt) return { kind: "closed", outcome: "confirmed", by };
  return { kind: "open", nextAt: authorHadTimeAt };
};
