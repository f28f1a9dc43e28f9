import { outOfTheNight } from "../report/when-told.ts";
import type { QuietHours } from "../report/quiet-hours.ts";
import type { Resident } from "../store/queries/residents.ts";
import { moveToDay } from "../store/writes/notices.ts";
import { updateResident } from "../store/writes/residents.ts";
import type { Deps } from "./deps.ts";

/** The hours in which the resident is not rung up from now on, in what waits for its hour already, too; null: it is never quiet. */
export const setQuietHours = (
  { store, city }: Pick<Deps, "store" | "city">,
  { residentId, quiet }: { residentId: number; quiet: QuietHours | null },
  now: Date,
): Promise<Resident> =>
  store.db.transaction(async (tx) => {
    const hours = { quietFrom: quiet?.from ?? null, quietUntil: quiet?.until ?? null };
    const resident = await updateResident(tx, residentId, hours);
    const moved = await moveToDay(tx, residentId, outOfTheNight(city, now, quiet), now);
    if (moved && resident.telegramId !== null) await store.wakeChats(tx, [resident.telegramId]);
    return resident;
  });
