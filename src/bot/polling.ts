import type { Bot } from "grammy";
import type { Log } from "../log.ts";
import type { BotContext } from "./context.ts";
import type { Handle } from "./handle-update.ts";

export type Polling = {
  /** Fetches and handles updates until the signal; resolves when the updates in hand are finished and acknowledged. */
  run(signal: AbortSignal): Promise<void>;
};

export declare const createPolling: (deps: { bot: Bot<BotContext>; handle: Handle; log: Log }) => Polling;
