/** Waiting until a message may leave, on a machine that may be late and with a messenger that may have asked for silence meanwhile. */
import { setTimeout as sleep } from "node:timers/promises";
import type { DeliverDeps } from "./deliver.ts";
import type { Chat } from "./hand-over.ts";
import { isSilent, mayBeLateMs, reserveTurn, takeChatRate } from "./rates.ts";

/** A turn of the bot's own that comes within this time is kept and sat out; whatever takes longer gives the worker to another chat. */
const LONGEST_PAUSE_MS = 3000;

/** So long a busy database may take to say whether the bot has to be silent. */
const ASK_AHEAD_MS = 15;

/** 0 when it is the turn of a message that counts as `cost`, else the ms of wire time until it is worth looking again. */
export const waitForTurn = async (
  { store, city, wireNow, isHurried = false }: DeliverDeps,
  { chatId, signal }: Pick<Chat, "chatId" | "signal">,
  cost: number,
): Promise<number> => {
  if (isHurried) return 0;
  const waitMs = await takeChatRate(store.db, chatId, cost, wireNow());
  if (waitMs > 0) return waitMs;
  const sleepUntil = async (moment: number): Promise<void> => {
    const leftMs = moment - wireNow().getTime();
    if (leftMs > 0) await sleep(leftMs, undefined, { signal }).catch(() => undefined);
  };
  // Whoever is late asks for a turn that much later, and in the end becomes content with less, or would never speak.
  for (let [aheadMs, toleranceMs] = [0, mayBeLateMs(city)]; ; toleranceMs *= 2) {
    const from = wireNow().getTime() + aheadMs;
    const turn = await reserveTurn(store.db, city, cost, new Date(from), LONGEST_PAUSE_MS);
    if (!turn.isKept) return aheadMs + turn.inMs;
    const at = from + turn.inMs;
    // Asked a little before, so that the answer does not make it late.
    await sleepUntil(at - ASK_AHEAD_MS);
    const mustBeSilent = await isSilent(store.db, new Date(at));
    await sleepUntil(at);
    // Whoever stops in the middle of the wait says nothing: the notice waits in the database.
    const leftMs = at - wireNow().getTime();
    if (signal.aborted && leftMs > 0) return leftMs;
    // Turns that a busy machine slept through would all be taken at once, and those kept before a «too many» within its silence.
    aheadMs = Math.max(0, -leftMs);
    if (aheadMs <= toleranceMs && !mustBeSilent) return 0;
  }
};
