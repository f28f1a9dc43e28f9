import type { City, Days } from "../city/schema.ts";
import { LAST_CYCLE, mayDecide, nextCycleDays, type Desk } from "../report/dispute.ts";
import { dueOn } from "../report/due.ts";
import type { Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { findDesk } from "../store/queries/audience.ts";
import { hasInspectors } from "../store/queries/disputes.ts";
import { listVotes } from "../store/queries/tally.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import type { ActRefusal } from "./act-refusal.ts";
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

/** A decision on a dispute; the words are its public reason, photos are welcome. */
export type GiveVerdict = ActCommand & Told & { verdict: Verdict };

/** `not_this_desk`: somebody else decides this dispute. */
export type VerdictRefusal = ActRefusal | { ok: false; why: "not_this_desk"; desk: Desk };

/** Decides a disputed report: closes it, or gives it back to its agency with half of the first cycle's days. */
export const giveVerdict = async (
  deps: Deps,
  { verdict, words, photos, question, ...command }: GiveVerdict,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | VerdictRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId } = command;
    const claimed = await claimAct(tx, deps, verdict === "reopen" ? "reopen" : "uphold", command);
    if (!claimed.ok) return claimed;
    const { report } = claimed;
    const desk = (await findDesk(tx, report.id)) ?? "editors";
    const actor = await findActor(tx, actorId);
    if (!mayDecide(actor, desk, await hasInspectors(tx))) {
      const act = verdict === "reopen" ? "reopen" : "uphold";
      logRefusal(deps, { act, reportId: report.id, residentId: actorId, why: "not_this_desk" });
      return { ok: false, why: "not_this_desk", desk };
    }
    if (verdict === "give_up" && report.cycle < LAST_CYCLE) return { ok: false, why: "not_allowed" };
    if (words !== null && [...words].length > REASON_CHARACTERS) return { ok: false, why: "reason_too_long" };
    const addition = { reportId: report.id, kind: "verdict", authorId: actorId } as const;
    const gathered = await gatherWords(tx, { words, photos, question }, addition, now);
    const { words: reason } = gathered;
    await settleQuestion(tx, question, gathered, reason !== null);
    if (reason === null) return { ok: false, why: "reason_missing" };
    // What allows it at this desk, and not the first role they hold.
    const by = {
      actorId,
      actorRole: roleAt(
        desk,
        actor.grants.map(({ role }) => role),
        claimed.as,
      ),
    };
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
