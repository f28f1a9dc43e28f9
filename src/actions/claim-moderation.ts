import type { Act, Role } from "../report/status.ts";
import { hasRole } from "../report/permission.ts";
import type { Tx } from "../store/open.ts";
import { findName, hasOtherModerators } from "../store/queries/moderators.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { claimReport } from "../store/writes/reports.ts";
import { refuseDecided, type ActRefusal } from "./act-refusal.ts";
import { claimAct, isOwnReport, logRefusal, type ActCommand } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";

/** What an editor's act begins with: like `claimAct`, and refused while another editor reads the report or where it appeals against this one. */
export const claimModeration = async (
  tx: Tx,
  deps: Pick<Deps, "log">,
  act: Act,
  command: ActCommand,
  now: Date,
): Promise<{ ok: true; report: ReportRow; as: Role } | ActRefusal> => {
  const claimed = await claimAct(tx, deps, act, command);
  if (!claimed.ok) return claimed;
  const held = await refuseHeld(tx, claimed.report, command.actorId, now);
  if (held === null) return claimed;
  logRefusal(deps, { act, reportId: command.reportId, residentId: command.actorId, why: held.why });
  return held;
};

/** Why this editor may not decide on a report in moderation now; null when they may. */
const refuseHeld = async (
  tx: Tx,
  report: ReportRow,
  actorId: number,
  now: Date,
): Promise<Extract<ActRefusal, { why: "taken" | "own_decision" }> | null> => {
  if (report.status !== "submitted") return null;
  const { takenById, takenUntil } = report;
  if (takenById !== null && takenById !== actorId && takenUntil !== null && now < takenUntil) {
    return { ok: false, why: "taken", by: await findName(tx, takenById), until: takenUntil };
  }
  // In a city with one editor and no admin beside them nobody else could ever look.
  if (isOwnAppeal(report, actorId) && (await hasOtherModerators(tx, actorId)))
    return { ok: false, why: "own_decision" };
  return null;
};

/** Whether the report came back by an appeal against this very person's decision; a repair leaves nobody to appeal against. */
const isOwnAppeal = (report: Pick<ReportRow, "hasAppealed" | "moderatorId">, actorId: number): boolean =>
  report.hasAppealed && report.moderatorId === actorId;

/** What editors may do to a report in every status: its public words and photos, notes, its author's ban. */
export const claimForEditors = async (
  tx: Tx,
  { log }: Pick<Deps, "log">,
  { actorId, reportId, version }: ActCommand,
): Promise<{ ok: true; report: ReportRow; as: Role } | ActRefusal> => {
  const report = await claimReport(tx, reportId);
  if (report === null) return { ok: false, why: "not_found" };
  const actor = await findActor(tx, actorId);
  if (!hasRole(actor, "editor", "admin")) {
    logRefusal({ log }, { act: "moderate", reportId, residentId: actorId, why: "not_allowed" });
    return { ok: false, why: "not_allowed" };
  }
  const as = hasRole(actor, "editor") ? "editor" : "admin";
  if (await isOwnReport(tx, report, actorId, as)) {
    logRefusal({ log }, { act: "moderate", reportId, residentId: actorId, why: "own_report" });
    return { ok: false, why: "own_report" };
  }
  if (version !== null && version !== report.version) return refuseDecided(tx, report, { isOldCard: true });
  return { ok: true, report, as };
};
