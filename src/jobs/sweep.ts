import type { City } from "../city/schema.ts";
import type { Store } from "../store/open.ts";
import { listDueChats } from "../store/queries/due-notices.ts";

/**
 * So many seconds' worth of chats at the city's rate: enough that the bot is not idle before the next sweep, few enough that whatever lost
 * its place in the queue is not long in coming. Whoever is left out waits for the next sweep.
 */
const SECONDS = 75;

/** Woken together: few enough that nobody who has something to tell one of them waits for long. */
const TOGETHER = 50;

/**
 * Wakes the chats that have something due: what a quiet night held back, and whatever lost its job to a crash. They queue behind everybody
 * who is told of what happens just now. `now` is city time, `wireNow` real. A chat that is being told already is not told twice, and as the
 * same chats come first each time, several processes together wake no more than one.
 */
export const sweep = async (
  { store, city }: { store: Store; city: Pick<City, "limits"> },
  now: Date,
  wireNow: Date,
): Promise<void> => {
  const chatIds = await listDueChats(store.db, now, wireNow, Math.ceil(city.limits.noticesPerSecond * SECONDS));
  for (let from = 0; from < chatIds.length; from += TOGETHER) {
    await store.db.transaction((tx) => store.wakeInTurn(tx, chatIds.slice(from, from + TOGETHER)));
  }
};
