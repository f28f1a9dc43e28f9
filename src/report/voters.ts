/** Who has a vote on a published answer. Pure: the person's ties to the report go in, the voice they have comes out. */
import type { VoterKind } from "./verdict.ts";

/** What ties a person to a report whose answer is published; grants as they are at this moment. */
export type VoterTies = {
  isAuthor: boolean;
  /** When they joined; null for somebody who does not follow it (any more). */
  followsSince: Date | null;
  /** Invited to look at this answer, in this cycle. */
  isInvited: boolean;
  isInspector: boolean;
  /** Works for the agency whose answer it is. */
  isOfficerOfAgency: boolean;
  /** The editor who published the answer. */
  isPublisher: boolean;
  /** Wrote down the word of an author without Telegram on this answer: a second vote by the same hand would be no second one. */
  hasRecordedWord: boolean;
};

/** Why somebody has no vote. */
export type NoVoteReason = "agency_staff" | "publisher" | "recorded_word" | "joined_late" | "no_voter";

/**
 * The voice a person has on an answer sent at `answerSentAt`. The agency's people, its publisher and whoever wrote down the author's word
 * never have one, whatever else they are; of several voices the one counts that asks least of a refutation.
 */
export const voterOf = (
  ties: VoterTies,
  answerSentAt: Date,
): { ok: true; kind: VoterKind } | { ok: false; why: NoVoteReason } => {
  if (ties.isOfficerOfAgency) return { ok: false, why: "agency_staff" };
  if (ties.isPublisher) return { ok: false, why: "publisher" };
  if (ties.hasRecordedWord) return { ok: false, why: "recorded_word" };
  if (ties.isAuthor) return { ok: true, kind: "author" };
  const isLate = ties.followsSince !== null && ties.followsSince >= answerSentAt;
  if (ties.followsSince !== null && !isLate) return { ok: true, kind: "follower" };
  if (ties.isInspector) return { ok: true, kind: "inspector" };
  if (ties.isInvited) return { ok: true, kind: "volunteer" };
  return { ok: false, why: isLate ? "joined_late" : "no_voter" };
};

/** What somebody brings along to say that it is not fixed. */
export type Grounds = { words: string | null; hasPhoto: boolean };

/** What a refutation still lacks: a word or a photo, and from a volunteer, who came only to look, the photo. */
export const lacksOf = (kind: VoterKind, { words, hasPhoto }: Grounds): "photo" | "words_or_photo" | null => {
  switch (kind) {
    case "volunteer":
      return hasPhoto ? null : "photo";
    case "author":
    case "follower":
    case "inspector":
      return hasPhoto || words !== null ? null : "words_or_photo";
  }
};
