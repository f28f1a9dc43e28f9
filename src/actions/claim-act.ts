import { mayAct } from "../report/permission.ts";
import type { Act, Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { claimReport } from "../store/writes/reports.ts";
import { findActor } from "./find-actor.ts";
import { refuseAct, refuseDecided, type ActRefusal } from "./act-refusal.ts";

/** Who wants to act on what; `version` is the report's on the card that was pressed, null for a typed command. */
export type ActCommand = { actorId: number; reportId: number; version: number | null };

/**
 * What every staff act begins with: the report under its lock, the rights read in the same transaction, and the refusal
 * to whoever is not allowed or too late.
 */
export const claimAct = async (
  tx: Tx,
  act: Act,
  { actorId, reportId, version }: ActCommand,
): Promise<{ ok: true; report: ReportRow; as: Role } | ActRefusal> => {
  const report = await claimReport(tx, reportId);
  if (report === null) return { ok: false, why: "not_found" };
  const may = mayAct(await findActor(tx, actorId), act, report);
  if (!may.ok) return refuseAct(tx, report, may);
  if (version !== null && version !== report.version) return refuseDecided(tx, report);
  return { ok: true, report, as: may.as };
};
