/** The one door through which updates reach the bot, whether they were fetched or sent: what to do when handling one fails. */
import { BotError, GrammyError, type Bot } from "grammy";
import type { Update } from "grammy/types";
import { AnswerLater } from "./answer-later.ts";
import type { BotContext, BotDeps } from "./context.ts";
import { keepable } from "./keepable.ts";

/**
 * One update, at least once. `done`: its effect is committed, or it was given up with an apology, so it may be acknowledged.
 * `again`: the database is away or Telegram asked to wait; the update has to come again after so many ms.
 * `reply` is a Bot API call (`{ method, … }`) that may go out as the answer to a webhook; it is null unless `viaWebhook`.
 */
export type Handled = { kind: "done"; reply: string | null } | { kind: "again"; afterMs: number };

export type Handle = (update: Update, viaWebhook?: boolean) => Promise<Handled>;

/** How often an update may fail while the database is fine, before it is given up. */
const TRIES = 3;

/** 0.5 s, 1 s, 2 s … half a minute. */
const backoffMs = (failures: number): number => Math.min(500 * 2 ** (failures - 1), 30_000);

/** `wait` (ms after the n-th failure) is another one only in tests that cannot spare seconds. */
export const createHandle = ({
  bot,
  store,
  i18n,
  log,
  wait = backoffMs,
}: {
  bot: Bot<BotContext>;
  store: Pick<BotDeps["store"], "ready">;
  wait?: (failures: number) => number;
} & Pick<BotDeps, "i18n" | "log">): Handle => {
  // Of this process only: with a webhook on several machines an update may get a few more tries.
  const failures = new Map<number, { all: number; ours: number }>();

  const judge = async (update: Update, error: unknown): Promise<Handled> => {
    const cause = error instanceof BotError ? error.error : error;
    if (cause instanceof AnswerLater) return { kind: "again", afterMs: cause.afterMs };
    if (cause instanceof GrammyError && cause.parameters.retry_after !== undefined) {
      return { kind: "again", afterMs: cause.parameters.retry_after * 1000 };
    }
    const past = failures.get(update.update_id) ?? { all: 0, ours: 0 };
    const { database: up } = await store.ready();
    const now = { all: past.all + 1, ours: past.ours + (up ? 1 : 0) };
    log[up ? "error" : "warn"]({ err: cause, updateId: update.update_id, failures: now.all }, "update failed");
    if (now.ours < TRIES) {
      failures.set(update.update_id, now);
      return { kind: "again", afterMs: wait(now.all) };
    }
    failures.delete(update.update_id);
    log.error({ updateId: update.update_id }, "update given up");
    await apologize(update, error instanceof BotError ? (error.ctx as Partial<BotContext>).locale : undefined);
    return { kind: "done", reply: null };
  };

  const apologize = async (update: Update, locale: string | undefined): Promise<void> => {
    const from = update.callback_query?.from ?? update.message?.from;
    if (from === undefined) return;
    const text = i18n.t(locale ?? i18n.pick(from.language_code), "bot:failed");
    try {
      if (update.callback_query !== undefined) {
        await bot.api.answerCallbackQuery(update.callback_query.id, { text, show_alert: true });
      } else if (update.message?.chat.type === "private") {
        await bot.api.sendMessage(from.id, text);
      }
    } catch (error) {
      log.warn({ err: error, updateId: update.update_id }, "apology not delivered");
    }
  };

  return async (update, viaWebhook = false) => {
    let reply: string | null = null;
    const envelope = { send: (payload: string) => void (reply = payload) };
    try {
      await bot.handleUpdate(keepable(update), viaWebhook ? envelope : undefined);
    } catch (error) {
      return judge(update, error);
    }
    failures.delete(update.update_id);
    return { kind: "done", reply };
  };
};
