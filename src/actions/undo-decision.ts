import { readBefore, TAKE_BACK_MINUTES } from "../report/before.ts";
import { hasRole } from "../report/permission.ts";
import { findOwnDecision, hasAdditionsAfter } from "../store/queries/decisions.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { dropUnsent } from "../store/writes/notices.ts";
import { claimReport } from "../store/writes/reports.ts";
import { changeReport } from "./change-report.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";
import { endMergedFollowing } from "./unmerge-report.ts";

/** `nothing`: they decided nothing yet; `too_late`: the minutes are over; `followed`: something has come of it already. */
export type UndoRefusal =
  { ok: false; why: "not_allowed" | "nothing" } | { ok: false; why: "too_late" | "followed"; reportId: number };

/**
 * Takes an editor's own last decision back, within five minutes and if nothing followed: the report stands as before, what was not told
 * yet is told no more, and whoever was told hears that it does not count.
 */
export const undoDecision = async (
  deps: Deps,
  { actorId }: { actorId: number },
  now: Date,
): Promise<{ ok: true; report: ReportRow; kind: string } | UndoRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const actor = await findActor(tx, actorId);
    if (!hasRole(actor, "editor", "admin")) return { ok: false, why: "not_allowed" };
    const decision = await findOwnDecision(tx, actorId);
    if (decision === null) return { ok: false, why: "nothing" };
    const { reportId, kind, at } = decision;
    if (now.getTime() > at.getTime() + TAKE_BACK_MINUTES * 60_000) return { ok: false, why: "too_late", reportId };
    const report = await claimReport(tx, reportId);
    // Every later change of the report empties `before`; what people add to it leaves the report alone.
    const isLast = report !== null && report.before !== null && report.statusAt.getTime() === at.getTime();
    if (!isLast || (await hasAdditionsAfter(tx, reportId, at))) return { ok: false, why: "followed", reportId };
    if (kind === "merged") await endMergedFollowing(tx, report);
    await dropUnsent(tx, report, now);
    const saved = await changeReport(tx, deps.city, report, readBefore(report.before));
    const actorRole = hasRole(actor, "editor") ? "editor" : "admin";
    await record(tx, deps, { report: saved, actorId, actorRole, kind: "undone", data: { kind } }, now);
    return { ok: true, report: saved, kind };
  });
