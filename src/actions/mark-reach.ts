import { markBack, markBlocked } from "../store/writes/blocks.ts";
import type { Deps } from "./deps.ts";

/** They stopped the bot: nothing is tried until they are back. */
export const markGone = async ({ store }: Pick<Deps, "store">, telegramId: number, now: Date): Promise<void> =>
  markBlocked(store.db, telegramId, now);

/** They were answered: what waited for that may be told now. */
export const markAnswered = ({ store }: Pick<Deps, "store">, telegramId: number): Promise<void> =>
  store.db.transaction((tx) => store.wakeChats(tx, [telegramId]));

/** They are back, and hear what waited for them. */
export const markReturned = async ({ store }: Pick<Deps, "store">, telegramId: number): Promise<void> => {
  await store.db.transaction(async (tx) => {
    await markBack(tx, telegramId);
    await store.wakeChats(tx, [telegramId]);
  });
};
