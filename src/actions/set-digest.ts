import type { Resident } from "../store/queries/residents.ts";
import { updateResident } from "../store/writes/residents.ts";
import type { Deps } from "./deps.ts";
import { replanNotices } from "./replan-notices.ts";

/** Whether the resident reads news that needs nothing of them in one digest a day from now on, what waits already included. */
export const setDigest = (
  deps: Pick<Deps, "store" | "city">,
  { residentId, wantsDigest }: { residentId: number; wantsDigest: boolean },
  now: Date,
): Promise<Resident> =>
  deps.store.db.transaction(async (tx) => {
    const resident = await updateResident(tx, residentId, { wantsDigest });
    await replanNotices(tx, deps, resident, now);
    return resident;
  });
