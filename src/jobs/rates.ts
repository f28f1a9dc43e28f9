/** How fast the deliveries of all processes together may speak, measured in wire time. */
import type { Db } from "../store/open.ts";
import { takeRate, type Rate } from "../store/writes/rates.ts";

/** Telegram takes about 30 messages a second from a bot; five of them are left to the answers people wait for. */
const EVERYBODY: Rate = { intervalMs: 1000 / 25, burst: 5 };

/** About one a second to a person, short bursts pass. */
const PRIVATE_CHAT: Rate = { intervalMs: 1000, burst: 5 };

/** A group takes 20 a minute: 8 at once and 12 in the minute that follows never make more. */
const GROUP: Rate = { intervalMs: 5000, burst: 8 };

/** Takes a chat's rate for `cost` messages; 0 when taken, else the ms to wait. Groups have negative ids. */
export const takeChatRate = (db: Db, chatId: number, cost: number, wireNow: Date): Promise<number> =>
  takeRate(db, `chat:${chatId}`, chatId < 0 ? GROUP : PRIVATE_CHAT, cost, wireNow);

/** Takes the bot's own rate for `cost` messages; 0 when taken, else the ms to wait. */
export const takeBotRate = (db: Db, cost: number, wireNow: Date): Promise<number> =>
  takeRate(db, "all", EVERYBODY, cost, wireNow);
