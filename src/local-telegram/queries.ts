import type { Query } from "./state.ts";

const lifeMs = 60_000;

/** Whether a press can no longer be answered: Telegram's own patience is not documented, a minute is what bots can count on. */
export const isExpired = (query: Query, now: Date): boolean => now.getTime() - query.at > lifeMs;
