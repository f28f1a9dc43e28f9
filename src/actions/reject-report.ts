import type { City } from "../city/schema.ts";
import type { EventData } from "../report/event.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { moveReport } from "./change-report.ts";
import type { ActCommand } from "./claim-act.ts";
import { claimModeration } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";
import type { ActRefusal } from "./act-refusal.ts";

/** An editor rejects a report, for a reason of the city's list or in words of their own. */
export type RejectReport = ActCommand & { reason: { code: string } | { words: string } };

/** Rejects a report; its author is told why and may repair it. */
export const rejectReport = async (
  deps: Deps,
  command: RejectReport,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimModeration(tx, deps, "reject", command, now);
    if (!claimed.ok) return claimed;
    const reason = readReason(deps.city, command.reason);
    if (!reason.ok) return reason;
    const { actorId } = command;
    const change = { dueAt: null, moderatorId: actorId, isOnTop: false };
    const saved = await moveReport(tx, deps.city, claimed.report, "reject", "rejected", change, now);
    await record(tx, deps, { report: saved, actorId, actorRole: claimed.as, kind: "rejected", data: reason.data }, now);
    return { ok: true, report: saved };
  });

const readReason = (
  city: City,
  reason: RejectReport["reason"],
): { ok: true; data: EventData["rejected"] } | { ok: false; why: "reason_missing" | "reason_too_long" } => {
  if ("code" in reason) {
    const known = city.rejectionReasons.some(({ code }) => code === reason.code);
    return known ? { ok: true, data: { code: reason.code, words: null } } : { ok: false, why: "reason_missing" };
  }
  const read = readWords(reason.words);
  return read.ok ? { ok: true, data: { code: null, words: read.words } } : read;
};
