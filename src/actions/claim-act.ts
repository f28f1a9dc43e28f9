import { mayAct, type Actable, type Actor, type Refused } from "../report/permission.ts";
import type { Act, Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { hasOtherModerators } from "../store/queries/moderators.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { claimReport } from "../store/writes/reports.ts";
import { refuseAct, refuseDecided, type ActRefusal } from "./act-refusal.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";

/** Who wants to act on what; `version` is the report's on the card that was pressed, null for a typed command. */
export type ActCommand = { actorId: number; reportId: number; version: number | null };

/**
 * What every staff act begins with: the report under its lock, the rights read in the same transaction, and the refusal
 * to whoever is not allowed or too late.
 */
export const claimAct = async (
  tx: Tx,
  deps: Pick<Deps, "log">,
  act: Act,
  { actorId, reportId, version }: ActCommand,
): Promise<{ ok: true; report: ReportRow; as: Role } | ActRefusal> => {
  const report = await claimReport(tx, reportId);
  if (report === null) return { ok: false, why: "not_found" };
  const may = permit(deps, await findActor(tx, actorId), act, report);
  if (!may.ok) return refuseAct(tx, report, may);
  if (!DESK_ACTS.has(act) && (await isOwnReport(tx, report, actorId, may.as))) {
    logRefusal(deps, { act, reportId, residentId: actorId, why: "own_report" });
    return { ok: false, why: "own_report" };
  }
  if (version !== null && version !== report.version) {
    logRefusal(deps, { act, reportId, residentId: actorId, why: "old_version" });
    return refuseDecided(tx, report, { isOldCard: true });
  }
  return { ok: true, report, as: may.as };
};

/** Who decides a dispute is told by its desk, which knows of its own whom something ties to the report (`barOf`). */
const DESK_ACTS: ReadonlySet<Act> = new Set(["uphold", "reopen"]);

/** Whether somebody of the editors would decide about what they filed themselves while anybody else could: an officer's work is checked by others. */
export const isOwnReport = async (
  tx: Tx,
  { authorId }: Pick<ReportRow, "authorId">,
  actorId: number,
  as: Role,
): Promise<boolean> =>
  authorId === actorId && (as === "editor" || as === "admin") && (await hasOtherModerators(tx, actorId));

/** `mayAct` for a claimed report, with every refusal in the log; an act that does not begin with `claimAct` asks here. */
export const permit = (
  deps: Pick<Deps, "log">,
  actor: Actor,
  act: Act,
  report: Actable & Pick<ReportRow, "id">,
): { ok: true; as: Role } | Refused => {
  const may = mayAct(actor, act, report);
  if (!may.ok) logRefusal(deps, { act, reportId: report.id, residentId: actor.residentId, why: may.why });
  return may;
};

/** A refused act in the log: who tried what on which report and why not, by ids alone. */
export const logRefusal = (
  { log }: Pick<Deps, "log">,
  refused: { act: string; residentId: number; why: string; reportId?: number | null; grantId?: number },
): void => log.info(refused, "act refused");
