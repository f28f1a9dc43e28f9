import type { Bot } from "grammy";
import type { Update } from "grammy/types";
import type { BotContext, BotDeps } from "./context.ts";

/**
 * One update, at least once. `done`: its effect is committed, or it was given up with an apology, so it may be acknowledged.
 * `again`: the database is away or Telegram asked to wait; the update has to come again after so many ms.
 * `reply` is a Bot API call (`{ method, … }`) that may go out as the answer to a webhook; it is null unless `viaWebhook`.
 */
export type Handled = { kind: "done"; reply: string | null } | { kind: "again"; afterMs: number };

export type Handle = (update: Update, viaWebhook?: boolean) => Promise<Handled>;

export declare const createHandle: (deps: { bot: Bot<BotContext> } & Pick<BotDeps, "store" | "i18n" | "log">) => Handle;
