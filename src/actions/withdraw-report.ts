import type { ReportRow } from "../store/schema/reports.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { moveReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** Takes a report back at its author's word (or an operator's, who speaks for a person without Telegram): nobody works on it any more. */
export const withdrawReport = async (
  deps: Deps,
  command: ActCommand,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimAct(tx, deps, "withdraw", command);
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    const change = { dueAt: null, returnsTo: null, pausedAt: null, isOnTop: false, officerId: null };
    const saved = await moveReport(tx, deps.city, report, "withdraw", "withdrawn", change, now);
    const data = { from: report.status };
    await record(tx, deps, { report: saved, actorId: command.actorId, actorRole: as, kind: "withdrawn", data }, now);
    return { ok: true, report: saved };
  });
