import type { ReportRow } from "../store/schema/reports.ts";
import { refuseDecided, type ActRefusal } from "./act-refusal.ts";
import { changeReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** An officer takes a report of their agency in hand, also from a colleague; who has it in hand already changes nothing. */
export const takeTask = async (
  deps: Deps,
  command: ActCommand,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId } = command;
    const claimed = await claimAct(tx, deps, "answer", { ...command, version: null });
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    // Before the look at the card's version, for a second tap comes from the same card.
    if (report.officerId === actorId || report.agencyId === null) return { ok: true, report };
    if (command.version !== null && command.version !== report.version) {
      return refuseDecided(tx, report, { isOldCard: true });
    }
    const saved = await changeReport(tx, deps.city, report, { officerId: actorId }, now);
    const data = { agencyId: report.agencyId };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "task_taken", data }, now);
    return { ok: true, report: saved };
  });
