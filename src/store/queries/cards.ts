import { and, eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { cards, waitingCards } from "../schema/notices.ts";

/** The message that is the report's card in the chat, null where it has none. */
export const findCard = async (db: Db, chatId: number, reportId: number): Promise<number | null> => {
  const [card] = await db
    .select({ messageId: cards.messageId })
    .from(cards)
    .where(and(eq(cards.chatId, chatId), eq(cards.reportId, reportId)));
  return card?.messageId ?? null;
};

/** The chat's «N ждут» card with the number it shows, null where none stands. */
export const findWaitingCard = async (db: Db, chatId: number): Promise<{ messageId: number; count: number } | null> => {
  const [card] = await db
    .select({ messageId: waitingCards.messageId, count: waitingCards.count })
    .from(waitingCards)
    .where(eq(waitingCards.chatId, chatId));
  return card ?? null;
};
