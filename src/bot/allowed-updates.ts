import type { Update } from "grammy/types";

/** The kinds of update the bot asks Telegram for; everything else never leaves Telegram. */
export const ALLOWED_UPDATES = [
  "message",
  "edited_message",
  "callback_query",
  "my_chat_member",
] as const satisfies readonly (keyof Update)[];
