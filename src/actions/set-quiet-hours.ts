import type { QuietHours } from "../report/quiet-hours.ts";
import type { Resident } from "../store/queries/residents.ts";
import { updateResident } from "../store/writes/residents.ts";
import type { Deps } from "./deps.ts";
import { replanNotices } from "./replan-notices.ts";

/** The hours in which the resident is not rung up from now on, in what waits for its hour already, too; null: it is never quiet. */
export const setQuietHours = (
  deps: Pick<Deps, "store" | "city">,
  { residentId, quiet }: { residentId: number; quiet: QuietHours | null },
  now: Date,
): Promise<Resident> =>
  deps.store.db.transaction(async (tx) => {
    const hours = { quietFrom: quiet?.from ?? null, quietUntil: quiet?.until ?? null };
    const resident = await updateResident(tx, residentId, hours);
    await replanNotices(tx, deps, resident, now);
    return resident;
  });
