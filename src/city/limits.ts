/** How much a city lets people file, and the bot say. */
import { z } from "zod";

/** What Telegram takes from a bot in a second. */
export const MOST_PER_SECOND = { free: 30, paid: 1000 } as const;

/**
 * Reports a resident may file in a day of the city; notices the bot tells in a second, all chats together, and whether it pays Telegram for
 * those above its free rate.
 */
export type Limits = {
  readonly reportsPerDay: number;
  readonly noticesPerSecond: number;
  readonly paidBroadcast: boolean;
};

/** The limits as city.yaml has them. */
export const LimitsPart = z
  .strictObject({
    reportsPerDay: z.int().min(1).max(1000),
    // Telegram takes about 30 messages a second from a bot; the rest is left to the answers people wait for.
    noticesPerSecond: z.number().min(1).max(MOST_PER_SECOND.paid).default(28),
    paidBroadcast: z.boolean().default(false),
  })
  .refine((limits) => limits.paidBroadcast || limits.noticesPerSecond <= MOST_PER_SECOND.free, {
    path: ["noticesPerSecond"],
    error: `more than ${MOST_PER_SECOND.free} a second Telegram takes for Stars only: set paidBroadcast: true, or go slower`,
  });
