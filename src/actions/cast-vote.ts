import { ruleOfAct, type Outcome, type Status } from "../report/status.ts";
import type { VoteValue } from "../report/verdict.ts";
import { voterOf, type NoVoteReason } from "../report/voters.ts";
import { findVoterTies } from "../store/queries/voter-ties.ts";
import { claimReport } from "../store/writes/reports.ts";
import { findVote } from "../store/writes/votes.ts";
import { logRefusal, permit } from "./claim-act.ts";
import { countVote, type Lacking, type Voted } from "./count-vote.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import type { Told } from "./gather-words.ts";
import { refuseBanned, type Banned } from "./refuse-banned.ts";

/** Somebody says of the answer of a cycle that it is fixed or not; `cycle` null is the present one. Words and photos come with a refutation. */
export type CastVote = Told & { voterId: number; reportId: number; cycle: number | null; value: VoteValue };

/** Why a vote was not counted. */
export type VoteRefusal =
  | { ok: false; why: "not_found" }
  | { ok: false; why: NoVoteReason }
  | Banned
  /** They have voted in this cycle, with this value. */
  | { ok: false; why: "already"; value: VoteValue }
  /** There is no answer to check now, or another one than they were shown. */
  | { ok: false; why: "over"; status: Status; outcome: Outcome | null }
  | Lacking;

/** Counts a vote, one a person and cycle: a refutation disputes the report at once, a confirmation may close it. */
export const castVote = async (deps: Deps, command: CastVote, now: Date): Promise<Voted | VoteRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const report = await claimReport(tx, command.reportId);
    if (report === null) return { ok: false, why: "not_found" };
    const { voterId } = command;
    const cycle = command.cycle ?? report.cycle;
    const earlier = await findVote(tx, { reportId: report.id, cycle, voterId });
    const act = command.value === "refutation" ? "refute" : "confirm";
    if (earlier !== null) {
      logRefusal(deps, { act, reportId: report.id, residentId: voterId, why: "already" });
      return { ok: false, why: "already", value: earlier.value };
    }
    // The clock may be a minute late in closing it.
    const isOver = report.dueAt !== null && now >= report.dueAt;
    if (isOver || cycle !== report.cycle || !ruleOfAct(act).from.includes(report.status)) {
      logRefusal(deps, { act, reportId: report.id, residentId: voterId, why: "over" });
      return { ok: false, why: "over", status: report.status, outcome: report.outcome };
    }
    const actor = await findActor(tx, voterId);
    const ties = await findVoterTies(tx, actor, report);
    const voter = voterOf(ties, report.answeredAt ?? report.statusAt);
    if (!voter.ok) {
      logRefusal(deps, { act, reportId: report.id, residentId: voterId, why: voter.why });
      return voter;
    }
    // Nobody can be banned while they are staff.
    const banned = actor.grants.length > 0 ? null : await refuseBanned(tx, voterId, now);
    if (banned !== null) return banned;
    const tied = { ...report, isFollower: voter.kind === "follower", isVolunteer: voter.kind === "volunteer" };
    const may = permit(deps, actor, act, tied);
    if (!may.ok) return { ok: false, why: "no_voter" };
    const speaker = { voterId, kind: voter.kind, actorId: voterId, actorRole: may.as };
    return countVote(tx, deps, report, speaker, command, now);
  });
