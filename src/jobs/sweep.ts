import type { Store } from "../store/open.ts";
import { listDueChats } from "../store/queries/due-notices.ts";

/** About as many chats as can be told something in the minute until the next sweep. */
const CHATS = 1500;

/** Woken together: few enough that nobody who has something to tell one of them waits for long. */
const TOGETHER = 50;

/**
 * Wakes the chats that have something due: what a quiet night held back, and whatever lost its job to a crash.
 * `now` is city time, `wireNow` real. A chat that is being told already is not told twice.
 */
export const sweep = async (store: Store, now: Date, wireNow: Date): Promise<void> => {
  const chatIds = await listDueChats(store.db, now, wireNow, CHATS);
  for (let from = 0; from < chatIds.length; from += TOGETHER) {
    await store.db.transaction((tx) => store.wakeChats(tx, chatIds.slice(from, from + TOGETHER)));
  }
};
