import { Bot } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import type { BotContext, BotDeps } from "./context.ts";

/** `apiRoot` is Telegram's own when absent; `botInfo` spares the call of getMe. */
export type BotSettings = { token: string; apiRoot?: string; botInfo?: UserFromGetMe };

/** The bot with everything it answers to; nothing is called before `init()`. */
export const createBot = (_deps: BotDeps, settings: BotSettings): Bot<BotContext> =>
  new Bot<BotContext>(settings.token);
