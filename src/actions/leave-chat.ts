import { removeChat } from "../store/writes/chats.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** The bot was put out of a group or channel: its binding ends, so that a group's reports reach somebody else. */
export const leaveChat = (deps: Deps, chatId: number, now: Date): Promise<void> =>
  deps.store.db.transaction(async (tx) => {
    if (!(await removeChat(tx, chatId))) return;
    await record(tx, deps, { report: null, actorId: null, actorRole: "clock", kind: "chat_unbound", data: {} }, now);
  });
