/** Waiting until a message may leave, on a machine that may be late and with a messenger that may have asked for silence meanwhile. */
import { setTimeout as sleep } from "node:timers/promises";
import type { DeliverDeps } from "./deliver.ts";
import type { Chat } from "./hand-over.ts";
import { isSilent, mayBeLateMs, reserveTurn, takeChatRate } from "./rates.ts";

/** A turn of the bot's own that comes within this time is kept and sat out; whatever takes longer gives the worker to another chat. */
const LONGEST_PAUSE_MS = 3000;

/** 0 when it is the turn of a message that counts as `cost`, else the ms of wire time until it is worth looking again. */
export const waitForTurn = async (
  { store, city, wireNow, isHurried = false }: DeliverDeps,
  { chatId, signal }: Pick<Chat, "chatId" | "signal">,
  cost: number,
): Promise<number> => {
  if (isHurried) return 0;
  const waitMs = await takeChatRate(store.db, chatId, cost, wireNow());
  if (waitMs > 0) return waitMs;
  // Whoever is late asks for a turn that much later, and in the end becomes content with less, or would never speak.
  for (let [aheadMs, toleranceMs] = [0, mayBeLateMs(city)]; ; toleranceMs *= 2) {
    const from = wireNow().getTime() + aheadMs;
    const turn = await reserveTurn(store.db, city, cost, new Date(from), LONGEST_PAUSE_MS);
    if (!turn.isKept) return aheadMs + turn.inMs;
    const at = from + turn.inMs;
    const leftMs = at - wireNow().getTime();
    if (leftMs > 0) await sleep(leftMs, undefined, { signal }).catch(() => undefined);
    // Whoever stops in the middle of the wait says nothing: the notice waits in the database.
    if (signal.aborted && leftMs > 0) return leftMs;
    // Turns that a busy machine slept through would all be taken at once, and those kept before a «too many» within its silence.
    const mustBeSilent = await isSilent(store.db, wireNow());
    aheadMs = Math.max(0, wireNow().getTime() - at);
    if (aheadMs <= toleranceMs && !mustBeSilent) return 0;
  }
};
