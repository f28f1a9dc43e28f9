import { cityDate, endOfDay, startOfDay } from "../city/city-time.ts";
import type { ReportContent } from "../form/draft.ts";
import { moderationDue } from "../report/due.ts";
import type { Tx } from "../store/open.ts";
import { countReportsSince } from "../store/queries/own-reports.ts";
import type { DraftRow } from "../store/queries/residents.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addHandledUpdate, claimDraft, removeDraft } from "../store/writes/drafts.ts";
import { addReport } from "../store/writes/new-report.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** `conflict`: the draft is no longer the one that was read. `limit`: no more today; the draft waits until `until`. */
export type Submitted =
  { ok: true; report: ReportRow } | { ok: false; why: "conflict" } | { ok: false; why: "limit"; until: Date };

/**
 * Turns the draft into a report: report, photos, event, notices, and the draft and its update settled, in the caller's transaction.
 * The draft's row is locked first, so of two confirmations one makes the report and the other is a conflict.
 */
export const submitReport = async (
  tx: Tx,
  deps: Deps,
  { draft, content, updateId }: { draft: DraftRow; content: ReportContent; updateId: number },
  now: Date,
): Promise<Submitted> => {
  const { city } = deps;
  if (!(await claimDraft(tx, draft))) return { ok: false, why: "conflict" };
  const today = cityDate(city, now);
  const filed = await countReportsSince(tx, draft.residentId, startOfDay(city, today));
  if (filed >= city.limits.reportsPerDay) return { ok: false, why: "limit", until: endOfDay(city, today) };

  const dueAt = new Date(moderationDue(city, now).dueAt);
  const report = await addReport(tx, { draftId: draft.draftId, authorId: draft.residentId, content, dueAt }, now);
  await record(tx, deps, { report, actorId: draft.residentId, actorRole: "author", kind: "submitted", data: {} }, now);
  await removeDraft(tx, draft);
  await addHandledUpdate(tx, updateId, now);
  return { ok: true, report };
};
