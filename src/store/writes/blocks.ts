import { and, eq, isNull } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { residents } from "../schema/residents.ts";
import { BLOCKED, reviveNotices } from "./notices.ts";

/** Marks a person whom Telegram will not let us write to; nothing is tried until they are back. */
export const markBlocked = async (db: Db, telegramId: number, now: Date): Promise<void> => {
  await db
    .update(residents)
    .set({ blockedAt: now })
    .where(and(eq(residents.telegramId, telegramId), isNull(residents.blockedAt)));
};

/** Clears the mark, and lets everything that could not be told in the meantime wait anew. */
export const markBack = async (tx: Tx, telegramId: number): Promise<void> => {
  await tx.update(residents).set({ blockedAt: null }).where(eq(residents.telegramId, telegramId));
  await reviveNotices(tx, telegramId, BLOCKED);
};
