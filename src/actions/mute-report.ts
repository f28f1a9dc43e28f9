import { HUSHED } from "../notices/notices.ts";
import { addMute, removeMute } from "../store/writes/mutes.ts";
import { dropWaiting } from "../store/writes/notices.ts";
import { claimReport } from "../store/writes/reports.ts";
import type { Deps } from "./deps.ts";

/**
 * An author hears only what needs them of a report of theirs, what waits for the morning included, or (`isMuted` false) all of it again. Who
 * follows somebody else's report simply stops following.
 */
export const muteReport = (
  { store }: Pick<Deps, "store">,
  { residentId, reportId, isMuted }: { residentId: number; reportId: number; isMuted: boolean },
  now: Date,
): Promise<{ ok: true } | { ok: false; why: "not_own" }> =>
  store.db.transaction(async (tx) => {
    const report = await claimReport(tx, reportId);
    if (report === null || report.authorId !== residentId) return { ok: false, why: "not_own" };
    const mute = { reportId, residentId };
    if (!isMuted) await removeMute(tx, mute);
    else {
      await addMute(tx, mute, now);
      await dropWaiting(tx, { ...mute, kinds: HUSHED }, now);
    }
    return { ok: true };
  });
