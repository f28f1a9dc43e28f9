import type { Bot } from "grammy";
import { z } from "zod";
import { ALLOWED_UPDATES } from "./allowed-updates.ts";
import type { BotContext } from "./context.ts";
import type { Handle } from "./handle-update.ts";

/** What the web answers Telegram: 200 once the effect is committed (the body may be a Bot API call), 500 so that the update comes again, 400 for what is no update. */
export type WebhookAnswer = { status: 200 | 400 | 500; body: string | null };

// Only the envelope is checked: Telegram's own fields are trusted once the secret was right.
const update = z.looseObject({ update_id: z.int() });

/** Handles the parsed JSON of one webhook request whose secret was checked. */
export const createWebhook =
  (handle: Handle) =>
  async (json: unknown): Promise<WebhookAnswer> => {
    const read = update.safeParse(json);
    if (!read.success) return { status: 400, body: null };
    const handled = await handle(read.data, true);
    // Telegram comes again by its own, growing pauses and keeps the chat's order meanwhile.
    return handled.kind === "again" ? { status: 500, body: null } : { status: 200, body: handled.reply };
  };

/** Tells Telegram where to send updates; what waits there is kept. `connections` is how many may be in flight at once (1–100). */
export const registerWebhook = async (
  bot: Bot<BotContext>,
  { url, secret, connections = 40 }: { url: string; secret: string; connections?: number },
): Promise<void> => {
  await bot.api.setWebhook(url, {
    secret_token: secret,
    max_connections: connections,
    allowed_updates: [...ALLOWED_UPDATES],
  });
};
