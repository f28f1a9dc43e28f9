import { endFollowing } from "../store/writes/followers.ts";
import { claimReport } from "../store/writes/reports.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** A follower hears no more of a report; refused to whoever does not follow it. */
export const unfollowReport = async (
  deps: Deps,
  { residentId, reportId }: { residentId: number; reportId: number },
  now: Date,
): Promise<{ ok: true } | { ok: false; why: "not_following" }> =>
  deps.store.db.transaction(async (tx) => {
    const report = await claimReport(tx, reportId);
    if (report === null || !(await endFollowing(tx, reportId, residentId, now))) {
      return { ok: false, why: "not_following" };
    }
    await record(tx, deps, { report, actorId: residentId, actorRole: "follower", kind: "unfollowed", data: {} }, now);
    return { ok: true };
  });
