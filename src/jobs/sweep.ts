import type { Store } from "../store/open.ts";
import { listDueChats } from "../store/queries/due-notices.ts";

/**
 * Wakes every chat that has something due: what a quiet night held back, and whatever lost its job to a crash.
 * `now` is city time, `wireNow` real. A chat that is being told already is not told twice.
 */
export const sweep = async (store: Store, now: Date, wireNow: Date): Promise<void> => {
  const chatIds = await listDueChats(store.db, now, wireNow);
  await store.db.transaction((tx) => store.wakeChats(tx, chatIds));
};
