import { GrammyError, type Bot } from "grammy";
import type { BotContext } from "./context.ts";

// grammY's type is a polyfill's, which lacks what Node's signal has more.
type Signal = Parameters<Bot<BotContext>["init"]>[0];

/** Learns the bot's own name; waits as long as Telegram is away. False when Telegram does not know the token; throws when aborted. */
export const connect = async (bot: Bot<BotContext>, signal?: AbortSignal): Promise<boolean> => {
  try {
    await bot.init(signal as Signal);
    return true;
  } catch (error) {
    if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) return false;
    throw error;
  }
};

/** Whether the messenger answers within two seconds. */
export const isConnected = (bot: Bot<BotContext>): Promise<boolean> =>
  bot.api.getMe(AbortSignal.timeout(2_000) as Signal).then(
    () => true,
    () => false,
  );
