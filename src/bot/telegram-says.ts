/** What Telegram's refusals mean; its words are the only sign, so they are read here and nowhere else. */
import { GrammyError, HttpError } from "grammy";
import type { Sent } from "../notices/send.ts";

const NOT_MODIFIED = /message is not modified/i;
const MESSAGE_GONE =
  /message to edit not found|message can't be edited|message_id_invalid|message identifier is not specified|there is no text in the message to edit/i;
const NOBODY_THERE = /chat not found|peer_id_invalid|user not found|input_user_deactivated/i;
// Where only photos or files are not allowed words still are.
const MUTED =
  /need administrator rights in the channel chat|not enough rights to send (?:text )?messages|have no (?:rights to send|write access)|chat_write_forbidden|chat_restricted/i;

/** Seconds to wait for the network or for a server of Telegram's before asking again right away. */
const HICCUP_SECONDS = 1;

/** Rewriting a message with what it says already. */
export const isSame = (error: unknown): boolean => says(error, NOT_MODIFIED);

/** The message to rewrite is gone or too old for it. */
export const isGone = (error: unknown): boolean => says(error, MESSAGE_GONE);

/** In how many seconds it is worth asking again; null when it never is. */
export const waitSeconds = (error: unknown): number | null => {
  if (error instanceof HttpError) return HICCUP_SECONDS;
  if (!(error instanceof GrammyError)) return null;
  if (error.error_code === 429) return error.parameters.retry_after ?? HICCUP_SECONDS;
  return error.error_code >= 500 ? HICCUP_SECONDS : null;
};

/** What a failed call means for the message; throws on what neither Telegram nor the network did. */
export const toSent = (error: unknown): Sent => {
  if (error instanceof HttpError) return { kind: "retry", afterSeconds: null };
  if (!(error instanceof GrammyError)) throw error;
  const { error_code: code, description: words, parameters } = error;
  if (code === 429) return { kind: "retry", afterSeconds: parameters.retry_after ?? null };
  if (parameters.migrate_to_chat_id !== undefined) return { kind: "migrated", chatId: parameters.migrate_to_chat_id };
  if (code === 403) return { kind: "gone", reason: "blocked", words };
  if (code === 400 && (NOBODY_THERE.test(words) || MUTED.test(words)))
    return { kind: "gone", reason: "no_chat", words };
  // 401 and 404 are about the bot's token, 5xx about Telegram: the message is as good as before.
  return code === 400 || code === 413 ? { kind: "refused", words } : { kind: "retry", afterSeconds: null };
};

const says = (error: unknown, words: RegExp): boolean => error instanceof GrammyError && words.test(error.description);
