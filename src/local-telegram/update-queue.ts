import { randomInt } from "node:crypto";
import type { Update } from "grammy/types";
import { conflict } from "./refusal.ts";
import type { Fact, State } from "./state.ts";

/** An update before it has its number. */
export type UpdateContent = Pick<
  Update,
  "message" | "edited_message" | "channel_post" | "edited_channel_post" | "callback_query" | "my_chat_member"
>;

/** How a bot asks for updates; `offset`, `limit`, `timeout` (seconds) and `allowedUpdates` as in getUpdates. */
export type Poll = { offset: number; limit: number; timeout: number; allowedUpdates: string[] | null };

/** What happened and the bot has not confirmed yet. */
export type UpdateQueue = {
  add: (content: UpdateContent) => void;
  /** Calls the listener after every new update; one listener, the webhook. */
  onAdded: (listener: () => void) => void;
  /** Answers getUpdates; rejects with 409 when another poll or a webhook takes over. */
  poll: (poll: Poll, signal: AbortSignal) => Promise<Update[]>;
  /** Ends a poll in progress with 409 and these words. */
  interrupt: (words: string) => void;
  confirm: (updateIds: number[]) => void;
  /** Drops what the bot did not fetch in time. */
  forgetOld: () => void;
  /** Whether a bot is waiting in getUpdates right now. */
  isPolled: () => boolean;
  /** Ends a poll in progress with no updates. */
  close: () => void;
};

const dayMs = 86_400_000;
const pressLifeMs = 150_000;
const firstIdMax = 900_000_000;

/** Telegram keeps an update for a day, but a press, which nobody waits for that long, for 150 seconds. */
const lifeOf = (update: Update): number => (update.callback_query ? pressLifeMs : dayMs);

/** Makes the queue over the state; times are wire time. */
export const createUpdateQueue = (state: State, record: (...facts: Fact[]) => void, now: () => Date): UpdateQueue => {
  let waiting: { wake: () => void; refuse: (error: Error) => void } | null = null;
  let listener: () => void = () => {};

  const confirm = (updateIds: number[]): void => {
    if (updateIds.length > 0) record({ fact: "confirmed", updateIds });
  };

  // Numbers start anew at random after a week without any, as Telegram's do.
  const nextId = (): number => {
    const last = state.lastUpdate;
    if (!last || now().getTime() - last.at > 7 * dayMs) return randomInt(100_000_000, firstIdMax);
    return last.updateId + 1;
  };
  const forgetOld = (): void => {
    const at = now().getTime();
    const old = [...state.updates.values()].filter((kept) => at - kept.at > lifeOf(kept.update));
    confirm(old.map(({ update }) => update.update_id));
  };

  const takeFrom = ({ offset, limit }: Poll): Update[] => {
    const ids = [...state.updates.keys()];
    if (offset > 0) confirm(ids.filter((id) => id < offset));
    if (offset < 0) confirm(ids.slice(0, offset));
    return [...state.updates.values()].slice(0, limit).map(({ update }) => update);
  };

  return {
    add: (content) => {
      const [kind] = Object.keys(content);
      const wanted = state.allowedUpdates.length === 0 || state.allowedUpdates.includes(kind ?? "");
      if (!wanted) return;
      record({ fact: "update", update: { update_id: nextId(), ...content }, at: now().getTime() });
      waiting?.wake();
      listener();
    },
    onAdded: (added) => {
      listener = added;
    },
    poll: async (poll, signal) => {
      waiting?.refuse(
        conflict("terminated by other getUpdates request; make sure that only one bot instance is running"),
      );
      if (state.webhook) {
        throw conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      if (poll.allowedUpdates) record({ fact: "allowedUpdates", kinds: poll.allowedUpdates });
      forgetOld();
      const ready = takeFrom(poll);
      if (ready.length > 0 || poll.timeout <= 0) return ready;

      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      const mine = { wake: () => resolve(undefined), refuse: reject };
      waiting = mine;
      const timer = setTimeout(mine.wake, Math.min(poll.timeout, 50) * 1000);
      signal.addEventListener("abort", mine.wake, { once: true });
      try {
        await promise;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", mine.wake);
        if (waiting === mine) waiting = null;
      }
      return takeFrom(poll);
    },
    interrupt: (words) => waiting?.refuse(conflict(words)),
    confirm,
    forgetOld,
    isPolled: () => waiting !== null,
    close: () => waiting?.wake(),
  };
};
