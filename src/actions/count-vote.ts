import type { Role } from "../report/status.ts";
import type { VoterKind, VoteValue } from "../report/verdict.ts";
import { lacksOf } from "../report/voters.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addVote } from "../store/writes/votes.ts";
import type { Deps } from "./deps.ts";
import { disputeReport } from "./dispute-report.ts";
import { gatherWords, settleQuestion, WORDS_CHARACTERS, type Told } from "./gather-words.ts";
import { record } from "./record.ts";
import { tallyVotes } from "./tally-votes.ts";

/** Whose vote it is, and who brings it: the same person, or an operator for somebody without Telegram. */
export type Speaker = { voterId: number; kind: VoterKind; actorId: number; actorRole: Role };

/** The report as it stands after a vote: still `published`, or `disputed` or `closed` by it. */
export type Voted = { ok: true; report: ReportRow; value: VoteValue };

/** What a refutation still needs, with everything told so far kept; or words beyond the limit, of which nothing is kept. */
export type Lacking = { ok: false; why: "photo" | "words_or_photo" | "words_too_long" };

/** Counts the vote of somebody who has one on a claimed report that is being checked: what `castVote` and `recordWord` have in common. */
export const countVote = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  { voterId, kind, actorId, actorRole }: Speaker,
  { value, ...told }: Told & { value: VoteValue },
  now: Date,
): Promise<Voted | Lacking> => {
  if (told.words !== null && [...told.words].length > WORDS_CHARACTERS) return { ok: false, why: "words_too_long" };
  const gathered = await gatherWords(tx, told, { reportId: report.id, kind: "vote", authorId: voterId }, now);
  const lacks = value === "refutation" ? lacksOf(kind, gathered) : null;
  await settleQuestion(tx, told.question, gathered, lacks === null);
  if (lacks !== null) return { ok: false, why: lacks };
  const { id: reportId, cycle } = report;
  const recordedById = actorId === voterId ? null : actorId;
  const vote = { reportId, cycle, voterId, kind, value, additionId: gathered.additionId, recordedById, at: now };
  if (!(await addVote(tx, vote))) throw new Error(`Resident ${voterId} has voted on report ${reportId} already`);
  await record(tx, deps, { report, actorId, actorRole, kind: "voted", data: { cycle } }, now);
  const voted =
    value === "refutation"
      ? await disputeReport(tx, deps, report, { act: "refute", actorId, actorRole, isByAuthor: kind === "author" }, now)
      : await tallyVotes(tx, deps, report, { act: "confirm", actorId, actorRole }, now);
  return { ok: true, report: voted, value };
};
