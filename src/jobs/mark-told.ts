/** Keeping what Telegram said yes to. */
import { setTimeout as sleep } from "node:timers/promises";
import type { DeliverDeps } from "./deliver.ts";
import type { Chat } from "./hand-over.ts";

/** So short that a database which is back hears of it before another process takes the chat. */
const PAUSE_MS = 500;

/**
 * Writes what a message that arrived means for us, again and again while the database does not take it: only where the process ends
 * meanwhile is the message told twice. Whatever is written may be written twice.
 */
export const markTold = async (
  { log }: Pick<DeliverDeps, "log">,
  { signal }: Pick<Chat, "signal">,
  write: () => Promise<void>,
): Promise<void> => {
  for (let isFirst = true; ; isFirst = false) {
    // Read before the write: whoever is asked to stop tries once more, and no longer.
    const mayTryAgain = !signal.aborted;
    try {
      return await write();
    } catch (err) {
      if (!mayTryAgain) throw err;
      if (isFirst) log.warn({ err }, "a message arrived and could not be marked, which is tried again");
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
};
