import { isShown } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { addFollower } from "../store/writes/followers.ts";
import { claimReport } from "../store/writes/reports.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";
import { refuseBanned, type Banned } from "./refuse-banned.ts";

/** `not_public`: no editor has passed it, or it was rejected or withdrawn. `own`: its author hears of it anyway. */
export type FollowRefusal = Banned | { ok: false; why: "not_found" | "not_public" | "own" | "already" };

/** Makes a resident a follower of a public report; of a merged one, of the report that goes on. `report` is the one they follow now. */
export const followReport = async (
  deps: Deps,
  { residentId, reportId }: { residentId: number; reportId: number },
  now: Date,
): Promise<{ ok: true; report: ReportRow } | FollowRefusal> =>
  deps.store.db.transaction((tx) => followIn(tx, deps, { residentId, reportId }, now));

/** The same in the caller's transaction. */
export const followIn = async (
  tx: Tx,
  deps: Deps,
  { residentId, reportId }: { residentId: number; reportId: number },
  now: Date,
): Promise<{ ok: true; report: ReportRow } | FollowRefusal> => {
  const report = await claimGoingOn(tx, reportId);
  if (report === null) return { ok: false, why: "not_found" };
  if (report.authorId === residentId) return { ok: false, why: "own" };
  if (!isShown(report)) return { ok: false, why: "not_public" };
  const banned = await refuseBanned(tx, residentId, now);
  if (banned !== null) return banned;
  if (!(await addFollower(tx, report.id, residentId, now))) return { ok: false, why: "already" };
  await record(tx, deps, { report, actorId: residentId, actorRole: "resident", kind: "followed", data: {} }, now);
  return { ok: true, report };
};

const claimGoingOn = async (tx: Tx, reportId: number): Promise<ReportRow | null> => {
  const report = await claimReport(tx, reportId);
  return report === null || report.mergedIntoId === null ? report : claimGoingOn(tx, report.mergedIntoId);
};
