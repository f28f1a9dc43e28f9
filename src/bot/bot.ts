import { Bot, Composer } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { rich } from "../notices/rich.ts";
import type { Send } from "../notices/send.ts";
import { findBoundChat } from "../store/queries/bound-chats.ts";
import { adminCommands } from "./admin/commands.ts";
import { adminComposer } from "./admin/index.ts";
import { answerPresses } from "./answer-presses.ts";
import { askedComposer } from "./asked.ts";
import { chatChanges } from "./chat-changes.ts";
import { chatKind, commandsComposer, type CommandEntry } from "./commands.ts";
import type { BotContext, BotDeps } from "./context.ts";
import { editorCommands } from "./editor/commands.ts";
import { editorComposer, invitationComposer } from "./editor/index.ts";
import { inspectorCommands } from "./inspector/commands.ts";
import { inspectorComposer } from "./inspector/index.ts";
import { helpCommand } from "./help.ts";
import { officerCommands } from "./officer/commands.ts";
import { officerComposer } from "./officer/index.ts";
import { onlyPeople } from "./only-people.ts";
import { checkComposer } from "./resident/check-composer.ts";
import { residentCommands } from "./resident/commands.ts";
import { operatorCommands } from "./operator/commands.ts";
import { ownComposer } from "./resident/own-composer.ts";
import { residentComposer } from "./resident/index.ts";
import { createSend } from "./send.ts";
import { withContext } from "./with-context.ts";

/** `apiRoot` is Telegram's own when absent; `botInfo` spares the call of getMe. */
export type BotSettings = { token: string; apiRoot?: string; botInfo?: UserFromGetMe };

/** Everything people may type, residents' first: the order of /help and of Telegram's menus. */
export const allCommands: readonly CommandEntry[] = [
  ...residentCommands,
  ...editorCommands,
  ...officerCommands,
  ...inspectorCommands,
  ...operatorCommands,
  ...adminCommands,
  helpCommand,
];

/** The bot with everything it answers to; it calls nothing before `init()`, and what a handler throws is thrown by `handleUpdate`. */
export const createBot = (deps: BotDeps, { token, apiRoot, botInfo }: BotSettings): Bot<BotContext> => {
  const bot = new Bot<BotContext>(token, {
    // The only call whose result nobody needs, and so the only one that may ride in a webhook's reply.
    client: {
      ...(apiRoot !== undefined && { apiRoot }),
      canUseWebhookReply: (method) => method === "answerCallbackQuery",
    },
    ...(botInfo !== undefined && { botInfo }),
  });
  const send = createSend(bot.api, deps);
  bot.use(chatChanges(deps, send));
  bot.use(onlyPeople(allCommands, (ctx) => tellAnonymous(deps, send, ctx)));
  bot.use(withContext(deps, send, allCommands));
  bot.use(answerPresses);
  bot.use(invitationComposer);
  bot.use(askedComposer);
  bot.use(commandsComposer(allCommands));
  bot.use(checkComposer);
  bot.use(inspectorComposer);
  bot.use(editorComposer);
  bot.use(adminComposer);
  bot.use(officerComposer);
  bot.chatType("private").use(ownComposer, residentComposer);
  bot.use(unhandled);
  return bot;
};

/** Rights belong to people, and who an anonymous administrator is Telegram tells nobody. */
const tellAnonymous = async ({ i18n, store }: BotDeps, send: Send, ctx: BotContext): Promise<void> => {
  if (ctx.chat === undefined) return;
  const locale = (await findBoundChat(store.db, ctx.chat.id))?.locale ?? i18n.pick(undefined);
  const text = rich(i18n, locale, "bot:anonymous", { bot: ctx.me.username });
  await send({ chatId: ctx.chat.id, message: { text } });
};

/** Whatever nobody wanted: a forged or very old button, a message that is none of a form's. */
const unhandled = new Composer<BotContext>();
unhandled.on("callback_query", (ctx) => ctx.toast("bot:forged"));
unhandled.on("message", async (ctx) => {
  if (chatKind(ctx.chat.type) === "private") await ctx.tell("bot:unhandled");
});
