import { markBack, markBlocked } from "../store/writes/blocks.ts";
import { markReachable } from "../store/writes/chats.ts";
import type { Deps } from "./deps.ts";

/** They stopped the bot: nothing is tried until they are back. */
export const markGone = async ({ store }: Pick<Deps, "store">, telegramId: number, now: Date): Promise<void> =>
  markBlocked(store.db, telegramId, now);

/** They were answered: what waited for that may be told now. */
export const markAnswered = ({ store }: Pick<Deps, "store">, telegramId: number): Promise<void> =>
  store.db.transaction((tx) => store.wakeChats(tx, [telegramId]));

/** The bot may write in the group or channel again, and says there what waited for that. */
export const markChatReturned = async ({ store }: Pick<Deps, "store">, chatId: number): Promise<void> => {
  await store.db.transaction(async (tx) => {
    if (await markReachable(tx, chatId)) await store.wakeChats(tx, [chatId]);
  });
};

/** They are back, and hear what waited for them. */
export const markReturned = async ({ store }: Pick<Deps, "store">, telegramId: number): Promise<void> => {
  await store.db.transaction(async (tx) => {
    await markBack(tx, telegramId);
    await store.wakeChats(tx, [telegramId]);
  });
};
