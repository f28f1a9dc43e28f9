import { hasRole } from "../report/permission.ts";
import { DECIDERS, readBefore, ruleOfTakingBack, TAKE_BACK_MINUTES, type TakenBack } from "../report/take-back.ts";
import type { Tx } from "../store/open.ts";
import { findDesk } from "../store/queries/audience.ts";
import { findOwnDecision, findWhatFollowed } from "../store/queries/decisions.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { reviveAnswer } from "../store/writes/answers.ts";
import { dropUnsent } from "../store/writes/notices.ts";
import { claimReport } from "../store/writes/reports.ts";
import { removeChecks } from "../store/writes/volunteers.ts";
import { changeReport } from "./change-report.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";
import { endMergedFollowing } from "./unmerge-report.ts";

/** `nothing`: they decided nothing yet; `again`: it is taken back already; `too_late`: the minutes are over. */
export type UndoRefusal =
  | { ok: false; why: "not_allowed" | "nothing" }
  | { ok: false; why: "again" | "too_late"; reportId: number }
  /** Something has come of it; `what` is the kind of the event, null for a vote, of which nobody learns by asking. */
  | { ok: false; why: "followed"; reportId: number; what: string | null };

/** Whatever came of a decision besides the report itself, by the table of what may be taken back. */
const ENDS = {
  following: endMergedFollowing,
  invitations: removeChecks,
} as const satisfies Record<string, (tx: Tx, report: ReportRow) => Promise<void>>;

/**
 * Takes one's own last decision back, within five minutes and if nothing followed: the report and the answer it decided stand as before,
 * what was not told yet is told no more, and whoever was told hears that it does not count.
 */
export const undoDecision = async (
  deps: Deps,
  { actorId }: { actorId: number },
  now: Date,
): Promise<{ ok: true; report: ReportRow; kind: TakenBack } | UndoRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const actor = await findActor(tx, actorId);
    if (!hasRole(actor, ...DECIDERS)) return { ok: false, why: "not_allowed" };
    const decision = await findOwnDecision(tx, actorId);
    if (decision === null) return { ok: false, why: "nothing" };
    const { reportId, kind, at, role } = decision;
    // Whoever judged as an inspector and is only an editor by now judges no more.
    if (!hasRole(actor, role)) return { ok: false, why: "not_allowed" };
    const report = await claimReport(tx, reportId);
    const followed = await findWhatFollowed(tx, decision);
    if (followed === "undone") return { ok: false, why: "again", reportId };
    if (now.getTime() > at.getTime() + TAKE_BACK_MINUTES * 60_000) return { ok: false, why: "too_late", reportId };
    if (followed !== null)
      return { ok: false, why: "followed", reportId, what: UNTOLD.has(followed) ? null : followed };
    // Every other change of the report empties `before`.
    if (report === null || report.before === null) return { ok: false, why: "followed", reportId, what: null };
    const { alsoEnds } = ruleOfTakingBack(kind);
    if (alsoEnds !== undefined) await ENDS[alsoEnds](tx, report);
    await dropUnsent(tx, report, now);
    await reviveAnswer(tx, reportId, at);
    const saved = await changeReport(tx, deps.city, report, readBefore(report.before), now);
    const desk = saved.status === "disputed" ? await findDesk(tx, reportId) : null;
    const { agencyId } = report;
    const data = { kind, ...(agencyId !== null && { agencyId }), ...(desk !== null && { desk }) };
    await record(tx, deps, { report: saved, actorId, actorRole: role, kind: "undone", data }, now);
    return { ok: true, report: saved, kind };
  });

/** Nobody but inspectors learns of a vote before the check is over, nor of words that are to become one. */
const UNTOLD: ReadonlySet<string> = new Set(["voted", "unsaid"]);
