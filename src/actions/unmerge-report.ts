import type { ReportRow } from "../store/schema/reports.ts";
import { findLastMerge } from "../store/queries/decisions.ts";
import { endMovedFollowing } from "../store/writes/followers.ts";
import type { Tx } from "../store/open.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { moveReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** Makes a merged report stand for itself again: where it was, with the date it had, even a past one. */
export const unmergeReport = async (
  deps: Deps,
  command: ActCommand,
  now: Date,
): Promise<{ ok: true; report: ReportRow; originalId: number } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimAct(tx, deps, "unmerge", command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const merge = await findLastMerge(tx, report.id);
    if (report.mergedIntoId === null || report.returnsTo === null || merge === null) {
      throw new Error(`Report ${report.id} was merged into nothing`);
    }
    const { mergedIntoId: originalId, returnsTo } = report;
    await endMergedFollowing(tx, report);
    const change = { mergedIntoId: null, returnsTo: null, dueAt: new Date(merge.dueAt) };
    const saved = await moveReport(tx, deps.city, report, "unmerge", returnsTo, change, now);
    const fact = {
      report: saved,
      actorId: command.actorId,
      actorRole: as,
      kind: "unmerged",
      data: { originalId },
    } as const;
    await record(tx, deps, fact, now);
    return { ok: true, report: saved, originalId };
  });

/** Its author and its followers hear of it alone again; who followed the other one before goes on following it. */
export const endMergedFollowing = async (tx: Tx, report: ReportRow): Promise<void> => {
  const { id: from, authorId, mergedIntoId: to, statusAt } = report;
  if (to !== null) await endMovedFollowing(tx, { from, to, authorId }, statusAt);
};
