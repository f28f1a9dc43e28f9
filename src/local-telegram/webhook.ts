import type { Update } from "grammy/types";
import { unixNow } from "./core.ts";
import type { Core } from "./core.ts";
import { callMethod } from "./methods/table.ts";
import { Refusal } from "./refusal.ts";
import { readBody } from "./request.ts";
import type { Webhook } from "./state.ts";

/** Carries updates to the bot's webhook: in order and one at a time within a chat, chats beside each other. */
export type WebhookDelivery = {
  /** Looks for something to deliver; to be called whenever an update or a webhook is new. */
  wake: () => void;
  /** Drops what waits to be tried again and ends what is on its way. */
  close: () => Promise<void>;
};

const answerTimeoutMs = 60_000;
const maxRetryAfterSeconds = 3600;

/**
 * The order Telegram keeps: messages and their edits by chat, presses by who pressed. So a press comes beside a message of
 * the same chat, and two editors' presses in one group beside each other.
 */
const laneOf = ({ message, edited_message: edited, callback_query: query, my_chat_member: member }: Update): string => {
  if (query) return `presses of ${query.from.id}`;
  if (member) return `members of ${member.chat.id}`;
  return `messages in ${(message ?? edited)?.chat.id}`;
};

const toOutage = (error: unknown): string =>
  error instanceof Error && error.name === "TimeoutError" ? "Read timeout expired" : "Connection refused";

/** A failed delivery: why, and for how many seconds the webhook asked to be left alone (0 when it did not). */
type Failure = { why: string; retryAfter: number };

const toFailure = (response: Response): Failure => {
  const asked = Number(response.headers.get("retry-after") ?? 0);
  return {
    why: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
    retryAfter: Number.isInteger(asked) ? Math.min(Math.max(asked, 0), maxRetryAfterSeconds) : 0,
  };
};

/**
 * A method in the answer runs like any other call; its result, good or bad, goes nowhere. What only asks, and what would
 * change the webhook under its own feet, is passed over. All as on Telegram.
 */
const runAnswer = async (core: Core, response: Response, signal: AbortSignal): Promise<void> => {
  const call = await readBody(response);
  const name = call?.params["method"];
  if (!call || typeof name !== "string" || /^get|^(set|delete)Webhook$/.test(name)) return;
  await callMethod(core, name, call, signal).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
};

/** Starts idle; `wake` sets it going. */
export const createWebhookDelivery = (core: Core): WebhookDelivery => {
  const { state, queue } = core;
  const stop = new AbortController();
  /** Lanes with an update on its way or waiting to be tried again. */
  const busy = new Map<string, NodeJS.Timeout | null>();
  const failures = new Map<number, number>();
  const underway = new Set<Promise<void>>();
  let inFlight = 0;

  const send = async (webhook: Webhook, update: Update): Promise<Response | Failure> => {
    const secret = webhook.secretToken ? { "x-telegram-bot-api-secret-token": webhook.secretToken } : {};
    try {
      const response = await fetch(webhook.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...secret },
        body: JSON.stringify(update),
        redirect: "manual",
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(answerTimeoutMs)]),
      });
      if (response.ok) return response;
      await response.body?.cancel();
      return toFailure(response);
    } catch (error) {
      return { why: toOutage(error), retryAfter: 0 };
    }
  };

  const fail = (lane: string, updateId: number, { why, retryAfter }: Failure): void => {
    const count = (failures.get(updateId) ?? 0) + 1;
    failures.set(updateId, count);
    if (state.webhook) {
      const lastError = { lastErrorAt: unixNow(core), lastErrorMessage: why };
      core.record({ fact: "webhook", webhook: { ...state.webhook, ...lastError } });
    }
    const free = (): void => {
      busy.delete(lane);
      wake();
    };
    const timer = setTimeout(free, (retryAfter || core.pace.redeliverySeconds(count)) * 1000);
    busy.set(lane, timer);
  };

  const deliver = async (webhook: Webhook, lane: string, update: Update): Promise<void> => {
    busy.set(lane, null);
    inFlight += 1;
    const answer = await send(webhook, update);
    inFlight -= 1;
    if (stop.signal.aborted) return;
    if ("why" in answer && state.updates.has(update.update_id)) {
      fail(lane, update.update_id, answer);
    } else {
      queue.confirm([update.update_id]);
      failures.delete(update.update_id);
      // The lane stays taken until the method in the answer has run, so that answers keep their order as well.
      if (!("why" in answer)) await runAnswer(core, answer, stop.signal);
      busy.delete(lane);
    }
    wake();
  };

  const wake = (): void => {
    const { webhook } = state;
    if (!webhook || stop.signal.aborted) return;
    queue.forgetOld();
    for (const { update } of [...state.updates.values()]) {
      if (inFlight >= webhook.maxConnections) return;
      const lane = laneOf(update);
      if (busy.has(lane)) continue;
      const delivery = deliver(webhook, lane, update);
      underway.add(delivery);
      void delivery.finally(() => underway.delete(delivery));
    }
  };

  return {
    wake,
    close: async () => {
      stop.abort();
      for (const timer of busy.values()) if (timer) clearTimeout(timer);
      await Promise.allSettled(underway);
    },
  };
};
