import { findOfficerName } from "../store/queries/answer-view.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { changeReport } from "./change-report.ts";
import { claimAct, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** A task in other hands is not put down for them; `by` is whose, null where nobody of the agency has it. */
export type NotInHand = { ok: false; why: "not_in_hand"; by: string | null };

/** An officer puts down a task they have in hand, which is then nobody's; what they have written of an answer stays. */
export const releaseTask = async (
  deps: Deps,
  command: Omit<ActCommand, "version">,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal | NotInHand> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId } = command;
    // Whoever has it in hand means that and nothing else, however old the card is.
    const claimed = await claimAct(tx, deps, "answer", { ...command, version: null });
    if (!claimed.ok) return claimed;
    const { report, as } = claimed;
    if (report.officerId !== actorId || report.agencyId === null) {
      return { ok: false, why: "not_in_hand", by: await findOfficerName(tx, report) };
    }
    const saved = await changeReport(tx, deps.city, report, { officerId: null }, now);
    const data = { agencyId: report.agencyId };
    await record(tx, deps, { report: saved, actorId, actorRole: as, kind: "task_released", data }, now);
    return { ok: true, report: saved };
  });
