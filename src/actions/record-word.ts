import type { VoteValue } from "../report/verdict.ts";
import { findVoterTies } from "../store/queries/voter-ties.ts";
import { claimReport } from "../store/writes/reports.ts";
import { findVote } from "../store/writes/votes.ts";
import type { VoteRefusal } from "./cast-vote.ts";
import { logRefusal, permit } from "./claim-act.ts";
import { countVote, type Voted } from "./count-vote.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import type { Told } from "./gather-words.ts";
import { refuseBanned } from "./refuse-banned.ts";

/** What a person without Telegram said of the answer to their report, at the desk or on the phone. */
export type RecordWord = Told & { operatorId: number; reportId: number; value: VoteValue };

/** Why a word was not counted; `own_vote`: the operator voted on the answer, and two votes by one hand would be no two. */
export type WordRefusal = VoteRefusal | { ok: false; why: "own_vote" };

/** Counts the word of the author of a report that an operator filed, as the author's vote; who wrote it down is kept with it. */
export const recordWord = async (
  deps: Deps,
  { operatorId, reportId, ...said }: RecordWord,
  now: Date,
): Promise<Voted | WordRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const report = await claimReport(tx, reportId);
    if (report === null) return { ok: false, why: "not_found" };
    const { authorId, cycle, status, outcome } = report;
    if (authorId === null || report.operatorId === null) return { ok: false, why: "no_voter" };
    const act = said.value === "refutation" ? "refute" : "confirm";
    const operator = await findActor(tx, operatorId);
    const may = permit(deps, operator, act, { ...report, authorId: null });
    if (!may.ok)
      return may.why === "wrong_status" ? { ok: false, why: "over", status, outcome } : { ok: false, why: "no_voter" };
    if (may.as !== "operator") return { ok: false, why: "no_voter" };
    // Whoever has no vote on this answer brings nobody else's either: there is no one who would notice.
    const { isOfficerOfAgency, isPublisher } = await findVoterTies(tx, operator, report);
    if (isOfficerOfAgency || isPublisher) {
      const why = isOfficerOfAgency ? "agency_staff" : "publisher";
      logRefusal(deps, { act, reportId, residentId: operatorId, why });
      return { ok: false, why };
    }
    if ((await findVote(tx, { reportId, cycle, voterId: operatorId })) !== null) {
      logRefusal(deps, { act, reportId, residentId: operatorId, why: "own_vote" });
      return { ok: false, why: "own_vote" };
    }
    // Only now: how somebody voted is nobody else's to hear.
    const earlier = await findVote(tx, { reportId, cycle, voterId: authorId });
    if (earlier !== null) {
      logRefusal(deps, { act, reportId, residentId: operatorId, why: "already" });
      return { ok: false, why: "already", value: earlier.value };
    }
    const banned = await refuseBanned(tx, authorId, now);
    if (banned !== null) return banned;
    const speaker = { voterId: authorId, kind: "author", actorId: operatorId, actorRole: may.as } as const;
    return countVote(tx, deps, report, speaker, said, now);
  });
