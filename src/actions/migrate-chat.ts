import { moveChat } from "../store/writes/chats.ts";
import type { Deps } from "./deps.ts";

/**
 * A group became a supergroup and has another id: its binding and what waits to be said there go along.
 * Telegram tells it twice and a refused message a third time, so the second telling changes nothing.
 */
export const migrateChat = ({ store }: Pick<Deps, "store">, fromId: number, toId: number): Promise<void> =>
  store.db.transaction(async (tx) => {
    if (await moveChat(tx, fromId, toId)) await store.wakeChats(tx, [toId]);
  });
