/** How fast the deliveries of all processes together may speak, measured in wire time. */
import { MOST_PER_SECOND } from "../city/limits.ts";
import type { City } from "../city/schema.ts";
import type { Db } from "../store/open.ts";
import { holdRate, isRateHeld, reserveRate, type Rate } from "../store/writes/rates.ts";

/** About one a second to a person, short bursts pass. */
const PRIVATE_CHAT: Rate = { intervalMs: 1000, burst: 5 };

/** A group takes 20 a minute: 8 at once and 12 in the minute that follows never make more. */
const GROUP: Rate = { intervalMs: 5000, burst: 8 };

const BOT = "all";
const SILENCE = "silence";

/** What Telegram takes. */
const mostPerSecond = (paidBroadcast: boolean): number => MOST_PER_SECOND[paidBroadcast ? "paid" : "free"];

/** After a rest so many at once that no second ever has more than Telegram takes. */
const botRate = ({ limits: { noticesPerSecond, paidBroadcast } }: Pick<City, "limits">): Rate => {
  const rest = Math.floor(mostPerSecond(paidBroadcast) - noticesPerSecond);
  const intervalMs = 1000 / noticesPerSecond;
  return paidBroadcast
    ? { intervalMs, burst: Math.max(1, Math.min(rest, Math.ceil(noticesPerSecond / 10))) }
    : { intervalMs: Math.ceil(intervalMs), burst: Math.max(1, rest) };
};

/**
 * So many ms after its turn a message may still leave. As many messages as Telegram takes in a second, and one more, take a little longer
 * than that second: half of this is ours, the other half the wire's.
 */
export const mayBeLateMs = (city: Pick<City, "limits">): number => {
  const { intervalMs, burst } = botRate(city);
  const most = mostPerSecond(city.limits.paidBroadcast);
  return ((most + 1 - burst) * intervalMs - 1000) / 2;
};

const rateOf = (chatId: number): Rate => (chatId < 0 ? GROUP : PRIVATE_CHAT);
const keyOf = (chatId: number): string => `chat:${chatId}`;

/** Takes a chat's rate for `cost` messages, at most a whole burst; 0 when taken, else the ms to wait. Groups have negative ids. */
export const takeChatRate = async (db: Db, chatId: number, cost: number, wireNow: Date): Promise<number> => {
  const rate = rateOf(chatId);
  const { isKept, inMs } = await reserveRate(db, keyOf(chatId), rate, Math.min(cost, rate.burst), wireNow, 0);
  return isKept ? 0 : inMs;
};

/**
 * Keeps the bot's next turn for `cost` messages: in how many ms it is. Beyond `horizonMs` nothing is kept, and the ms are those after which
 * it is worth asking again.
 */
export const reserveTurn = (
  db: Db,
  city: Pick<City, "limits">,
  cost: number,
  wireNow: Date,
  horizonMs: number,
): Promise<{ isKept: boolean; inMs: number }> => reserveRate(db, BOT, botRate(city), cost, wireNow, horizonMs);

/** Nobody speaks before this moment of wire time, whatever turn they keep: Telegram asked for silence. */
export const holdTurns = async (db: Db, city: Pick<City, "limits">, until: Date): Promise<void> => {
  // Turns that are kept from now on come after it; the silence itself is for those kept before.
  await holdRate(db, BOT, botRate(city), until);
  await holdRate(db, SILENCE, { intervalMs: 0, burst: 1 }, until);
};

/** A chat is told nothing before this moment of wire time: Telegram asked for silence there. */
export const holdChat = (db: Db, chatId: number, until: Date): Promise<void> =>
  holdRate(db, keyOf(chatId), rateOf(chatId), until);

/** Whether Telegram asked for silence until later than this moment of wire time. */
export const isSilent = (db: Db, wireNow: Date): Promise<boolean> => isRateHeld(db, SILENCE, wireNow);
