import type { City, Days } from "../city/schema.ts";
import {
  barOf,
  LAST_CYCLE,
  lacksOfVerdict,
  mayDecide,
  nextCycleDays,
  type Desk,
  type VerdictPart,
} from "../report/dispute.ts";
import { dueOn } from "../report/due.ts";
import type { Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { findDesk } from "../store/queries/audience.ts";
import { findBench } from "../store/queries/disputes.ts";
import { getPublishedKind, listVotes } from "../store/queries/tally.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { refuseDecided, type ActRefusal } from "./act-refusal.ts";
import { moveReport } from "./change-report.ts";
import { claimAct, logRefusal, type ActCommand } from "./claim-act.ts";
import { closeReport } from "./close-report.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { gatherWords, settleQuestion, type Told } from "./gather-words.ts";
import { REASON_CHARACTERS } from "./read-words.ts";
import { record } from "./record.ts";

/** `uphold`: the answer stands. `reopen`: the next cycle begins. `give_up`, admins' only and after the last cycle: it will not be fixed. */
export const VERDICTS = ["uphold", "reopen", "give_up"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A decision on a dispute; the words are its public reason, the photos show what was found (`lacksOfVerdict`). */
export type GiveVerdict = ActCommand &
  Told & {
    verdict: Verdict;
    /** The cycle they were asked about, where words came later than the press: what was added meanwhile does not lose them. */
    cycle?: number;
  };

/** Why a dispute is not decided yet; `not_this_desk`: somebody else decides it. */
export type VerdictRefusal =
  | ActRefusal
  | { ok: false; why: "not_this_desk"; desk: Desk }
  /** What was told so far is kept, and waits for these. */
  | { ok: false; why: "lacking"; lacks: VerdictPart[]; cycle: number };

/** Decides a disputed report: closes it, or gives it back to its agency with half of the first cycle's days. */
export const giveVerdict = async (
  deps: Deps,
  { verdict, words, photos, question, cycle, ...command }: GiveVerdict,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | VerdictRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId } = command;
    const claimed = await claimAct(tx, deps, verdict === "reopen" ? "reopen" : "uphold", command);
    if (!claimed.ok) return claimed;
    const { report } = claimed;
    if (cycle !== undefined && cycle !== report.cycle) return refuseDecided(tx, report);
    const desk = (await findDesk(tx, report.id)) ?? "editors";
    const actor = await findActor(tx, actorId);
    const bench = await findBench(tx, report);
    const refused = {
      act: verdict === "reopen" ? "reopen" : "uphold",
      reportId: report.id,
      residentId: actorId,
    } as const;
    const bar = barOf(actor, report, desk, bench);
    if (bar !== null) {
      logRefusal(deps, { ...refused, why: bar });
      return { ok: false, why: bar };
    }
    if (!mayDecide(actor, desk, bench.inspectors)) {
      logRefusal(deps, { ...refused, why: "not_this_desk" });
      return { ok: false, why: "not_this_desk", desk };
    }
    if (verdict === "give_up" && report.cycle < LAST_CYCLE) return { ok: false, why: "not_allowed" };
    if (words !== null && [...words].length > REASON_CHARACTERS) return { ok: false, why: "reason_too_long" };
    // What allows it at this desk, and not the first role they hold.
    const held = actor.grants.map(({ role }) => role);
    const actorRole = roleAt(desk, held, claimed.as);
    const addition = { reportId: report.id, kind: "verdict", authorId: actorId } as const;
    const gathered = await gatherWords(tx, { words, photos, question }, addition, now);
    const { words: reason } = gathered;
    const lacks = lacksOfVerdict({ as: actorRole, answerKind: await getPublishedKind(tx, report) }, gathered);
    await settleQuestion(tx, question, gathered, lacks.length === 0);
    if (reason === null || lacks.length > 0) return { ok: false, why: "lacking", lacks, cycle: report.cycle };
    const by = { actorId, actorRole };
    const decided =
      verdict === "reopen"
        ? await reopen(tx, deps, report, { ...by, reason }, now)
        : await uphold(tx, deps, report, { ...by, reason }, verdict, now);
    return { ok: true, report: decided };
  });

type By = { actorId: number; actorRole: Role; reason: string };

const roleAt = (desk: Desk, held: readonly Role[], otherwise: Role): Role => {
  const wanted = ({ inspectors: "inspector", editors: "editor", admins: "admin" } as const)[desk];
  if (held.includes(wanted)) return wanted;
  return held.includes("admin") ? "admin" : otherwise;
};

const uphold = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  by: By,
  verdict: "uphold" | "give_up",
  now: Date,
): Promise<ReportRow> => {
  const confirmations = (await listVotes(tx, report)).filter(({ value }) => value === "confirmation");
  const voters = {
    author: confirmations.some(({ kind }) => kind === "author"),
    others: confirmations.filter(({ kind }) => kind !== "author").length,
  };
  const outcome = verdict === "uphold" ? "answer_upheld" : "not_fixable";
  return closeReport(tx, deps, report, { ...by, act: "uphold", outcome, by: voters }, now);
};

const reopen = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  { reason, ...actor }: By,
  now: Date,
): Promise<ReportRow> => {
  const { agencyId } = report;
  if (agencyId === null) throw new Error(`Report ${report.id} has no agency to go back to`);
  const due = dueOn(deps.city, nextCycleDays(firstCycleDays(deps.city, report)), now);
  const dueAt = new Date(due.dueAt);
  const change = {
    cycle: report.cycle + 1,
    ...{ dueAt, handlingDueAt: dueAt },
    // Hops, postponements and the date promised first stay: they belong to the report, not to the cycle.
    ...{ answeredAt: null, publishedAt: null, publisherId: null },
  };
  const reopened = await moveReport(tx, deps.city, report, "reopen", "assigned", change, now);
  const data = { cycle: reopened.cycle, agencyId, reason, due };
  await record(tx, deps, { report: reopened, ...actor, kind: "reopened", data }, now);
  return reopened;
};

const firstCycleDays = (city: City, { topicId, dayCount }: ReportRow): Days => {
  const kind = city.topics.get(topicId)?.days.kind ?? "working";
  const count = dayCount ?? city.topics.get(topicId)?.days.count;
  if (count === undefined) throw new Error(`The city has no topic ${topicId}`);
  return { count, kind };
};
