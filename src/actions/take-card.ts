import type { ReportRow } from "../store/schema/reports.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { changeReport } from "./change-report.ts";
import type { ActCommand } from "./claim-act.ts";
import { claimModeration } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** So long a taken report is kept from other editors, in minutes. */
const TAKEN_MINUTES = 15;

/** An editor takes a report to read it in peace; taking it again begins the minutes anew. */
export const takeCard = async (
  deps: Deps,
  command: ActCommand,
  now: Date,
): Promise<{ ok: true; report: ReportRow; until: Date } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId } = command;
    const claimed = await claimModeration(tx, deps, "accept", command, now);
    if (!claimed.ok) return claimed;
    const until = new Date(now.getTime() + TAKEN_MINUTES * 60_000);
    const saved = await changeReport(tx, deps.city, claimed.report, { takenById: actorId, takenUntil: until }, now);
    const data = { until: until.toISOString() };
    await record(tx, deps, { report: saved, actorId, actorRole: claimed.as, kind: "taken", data }, now);
    return { ok: true, report: saved, until };
  });

/** Lets it go before the minutes are over; what nobody has taken, or no longer, stays as it is. */
export const releaseCard = async (
  deps: Deps,
  command: ActCommand,
  now: Date,
): Promise<{ ok: true; report: ReportRow } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const { actorId } = command;
    const claimed = await claimModeration(tx, deps, "accept", command, now);
    if (!claimed.ok) return claimed;
    if (claimed.report.takenById !== actorId) return { ok: true, report: claimed.report };
    const saved = await changeReport(tx, deps.city, claimed.report, { takenById: null, takenUntil: null }, now);
    await record(tx, deps, { report: saved, actorId, actorRole: claimed.as, kind: "released", data: {} }, now);
    return { ok: true, report: saved };
  });
