/** What Telegram says about the chats themselves: somebody stopped the bot or is back, a group or channel took it in, threw it out or moved. */
import { Composer } from "grammy";
import { leaveChat } from "../actions/leave-chat.ts";
import { markChatReturned, markGone, markReturned } from "../actions/mark-reach.ts";
import { migrateChat } from "../actions/migrate-chat.ts";
import { rich } from "../notices/rich.ts";
import type { Send } from "../notices/send.ts";
import { findBoundChat } from "../store/queries/bound-chats.ts";
import type { BotContext, BotDeps } from "./context.ts";

/** None of it needs to know who the person is, so it stands before everything that does. */
export const chatChanges = (deps: BotDeps, send: Send): Composer<BotContext> => {
  const composer = new Composer<BotContext>();

  composer.on("my_chat_member", async (ctx) => {
    const { chat, new_chat_member: now, old_chat_member: before, from } = ctx.myChatMember;
    const isIn = now.status !== "left" && now.status !== "kicked";
    switch (chat.type) {
      case "private":
        return isIn ? markReturned(deps, chat.id) : markGone(deps, chat.id, deps.now());
      case "group":
      case "supergroup": {
        if (!isIn) return leaveChat(deps, chat.id, deps.now());
        if (now.status !== "restricted" || now.can_send_messages) await markChatReturned(deps, chat.id);
        const wasIn = before.status !== "left" && before.status !== "kicked";
        if (wasIn || (await findBoundChat(deps.store.db, chat.id)) !== null) return undefined;
        const locale = deps.i18n.pick(from.language_code);
        // A group that does not let the bot write is not worth another try.
        return send({ chatId: chat.id, message: { text: rich(deps.i18n, locale, "bot:group.added") } });
      }
      case "channel":
        return isIn ? markChatReturned(deps, chat.id) : leaveChat(deps, chat.id, deps.now());
    }
  });

  // Telegram tells it in both groups; whichever comes first moves everything.
  composer.on("message:migrate_to_chat_id", (ctx) => migrateChat(deps, ctx.chat.id, ctx.message.migrate_to_chat_id));
  composer.on("message:migrate_from_chat_id", (ctx) =>
    migrateChat(deps, ctx.message.migrate_from_chat_id, ctx.chat.id),
  );
  return composer;
};
