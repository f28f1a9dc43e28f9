/** Fetches updates for a machine that Telegram cannot reach. A chat's updates are handled in order, chats side by side. */
import { setTimeout as sleep } from "node:timers/promises";
import { GrammyError, type Bot } from "grammy";
import type { Update } from "grammy/types";
import type { Log } from "../log.ts";
import { ALLOWED_UPDATES } from "./allowed-updates.ts";
import type { BotContext } from "./context.ts";
import type { Handle } from "./handle-update.ts";

export type Polling = {
  /** Fetches and handles updates until the signal; resolves when the updates in hand are finished and acknowledged. Throws when Telegram does not know the token. */
  run(signal: AbortSignal): Promise<void>;
};

/** An update this process has and has not yet acknowledged, in the order they came. */
type Held = { updateId: number; finished: boolean };

/** Seconds a request waits at Telegram for something to happen. */
const WAIT_SECONDS = 30;
/** Updates in hand at once, which bounds how many chats are served side by side. */
const IN_HAND = 50;

export const createPolling = ({ bot, handle, log }: { bot: Bot<BotContext>; handle: Handle; log: Log }): Polling => ({
  run: async (signal) => {
    const held: Held[] = [];
    const chats = new Map<number, Promise<void>>();
    let unacknowledged: number | null = null;
    let wake = (): void => undefined;

    /** Forgets what is finished at the front: an update behind an unfinished one must not be acknowledged. */
    const shorten = (): void => {
      while (held[0]?.finished === true) unacknowledged = held.shift()?.updateId ?? null;
    };
    const offset = (): { offset?: number } => {
      // Without something to acknowledge no offset is named: after a quiet week Telegram starts at a random, maybe lower id.
      if (held[0] !== undefined) return { offset: held[0].updateId };
      return unacknowledged === null ? {} : { offset: unacknowledged + 1 };
    };

    const work = async (update: Update, entry: Held): Promise<void> => {
      while (!signal.aborted) {
        const handled = await handle(update);
        if (handled.kind === "done") {
          entry.finished = true;
          wake();
          return;
        }
        await pause(handled.afterMs, signal);
      }
    };
    const take = (update: Update): void => {
      const entry = { updateId: update.update_id, finished: false };
      held.push(entry);
      const key = chatKey(update);
      const done = (chats.get(key) ?? Promise.resolve()).then(() => work(update, entry));
      chats.set(key, done);
      void done.finally(() => {
        if (chats.get(key) === done) chats.delete(key);
      });
    };

    await bot.api.deleteWebhook();
    let failures = 0;
    while (!signal.aborted) {
      shorten();
      const finishing = new Promise<void>((resolve) => (wake = resolve));
      try {
        const busy = held.length > 0;
        const updates = await bot.api.getUpdates(
          { ...offset(), limit: IN_HAND, timeout: busy ? 0 : WAIT_SECONDS, allowed_updates: ALLOWED_UPDATES },
          // grammY's type is a polyfill's, which lacks what Node's signal has more.
          signal as Parameters<typeof bot.api.getUpdates>[1],
        );
        failures = 0;
        unacknowledged = null;
        const fresh = updates.filter((update) => !held.some((entry) => entry.updateId === update.update_id));
        fresh.forEach(take);
        // With something in hand Telegram answers at once, so the next look waits for one to finish, or a moment.
        if (fresh.length === 0 && busy) await Promise.race([finishing, pause(200, signal)]);
      } catch (error) {
        if (signal.aborted) break;
        if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) throw error;
        failures += 1;
        log.warn({ err: error, failures }, "no updates from Telegram");
        await pause(retryMs(error, failures), signal);
      }
    }
    await Promise.all(chats.values());
    shorten();
    if (unacknowledged !== null) {
      // The next start would get them again, which is harmless; so is a failure here.
      await bot.api
        .getUpdates({ ...offset(), limit: 1, timeout: 0, allowed_updates: ALLOWED_UPDATES })
        .catch((error: unknown) => log.warn({ err: error }, "last updates not acknowledged"));
    }
  },
});

/** Who has to be served in order: the chat, or the person where there is none. */
const chatKey = (update: Update): number =>
  update.message?.chat.id ??
  update.edited_message?.chat.id ??
  update.callback_query?.message?.chat.id ??
  update.callback_query?.from.id ??
  update.my_chat_member?.chat.id ??
  0;

const retryMs = (error: unknown, failures: number): number =>
  error instanceof GrammyError && error.parameters.retry_after !== undefined
    ? error.parameters.retry_after * 1000
    : Math.min(500 * 2 ** (failures - 1), 15_000);

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  // Rejects only because of the signal, and whoever waits looks at that next.
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};
