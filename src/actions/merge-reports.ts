import { JOINABLE } from "../store/queries/similar.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addFollower, moveFollowers } from "../store/writes/followers.ts";
import { claimReport, moveMerged } from "../store/writes/reports.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { moveReport } from "./change-report.ts";
import type { ActCommand } from "./claim-act.ts";
import { claimModeration } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** An editor lets a report go on as part of another one. */
export type MergeReports = ActCommand & { originalId: number };

/** Why they stay two: `same`: it is the report itself; `not_open`: the other one is not public, or over. */
export type MergeRefusal = ActRefusal | { ok: false; why: "no_original" | "same" | "not_open" };

/** Merges a report into an open public one. Its author and its followers follow that one from now on, and are told so once. */
export const mergeReports = async (
  deps: Deps,
  command: MergeReports,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | MergeRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId, reportId, originalId } = command;
    if (reportId === originalId) return { ok: false, why: "same" };
    // In one order everywhere: two merges into each other would wait for each other.
    const first = originalId < reportId ? await claimReport(tx, originalId) : null;
    const claimed = await claimModeration(tx, deps, "merge", command, now);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const original = first ?? (await claimReport(tx, originalId));
    if (original === null) return { ok: false, why: "no_original" };
    if (!JOINABLE.includes(original.status)) return { ok: false, why: "not_open" };
    if (report.dueAt === null) throw new Error(`Report ${reportId} has no date`);
    const change = {
      mergedIntoId: originalId,
      returnsTo: report.status === "assigned" ? ("assigned" as const) : ("submitted" as const),
      dueAt: null,
      moderatorId: actorId,
      isOnTop: false,
    };
    const saved = await moveReport(tx, deps.city, report, "merge", "merged", change, now);
    await letFollow(tx, saved, original, now);
    const data = { originalId, dueAt: report.dueAt.toISOString() };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "merged", data }, now);
    return { ok: true, report: saved };
  });

/** Nobody who heard of the report hears less of the one that goes on. */
const letFollow = async (tx: Tx, report: ReportRow, original: ReportRow, now: Date): Promise<void> => {
  await moveFollowers(tx, { from: report.id, to: original.id, exceptId: original.authorId }, now);
  await moveMerged(tx, { from: report.id, to: original.id });
  if (report.authorId !== null && report.authorId !== original.authorId) {
    await addFollower(tx, original.id, report.authorId, now);
  }
};
