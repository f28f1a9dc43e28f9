import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { cards, waitingCards } from "../schema/notices.ts";

/** Remembers the message that is now the report's card in the chat. */
export const saveCard = async (
  db: Db,
  card: { chatId: number; reportId: number; messageId: number },
  now: Date,
): Promise<void> => {
  const sent = { messageId: card.messageId, sentAt: now };
  await db
    .insert(cards)
    .values({ ...card, ...sent })
    .onConflictDoUpdate({ target: [cards.chatId, cards.reportId], set: sent });
};

/** Remembers the chat's «N ждут» card and the number it shows. */
export const saveWaitingCard = async (
  db: Db,
  card: { chatId: number; messageId: number; count: number },
  now: Date,
): Promise<void> => {
  const shown = { messageId: card.messageId, count: card.count, sentAt: now };
  await db
    .insert(waitingCards)
    .values({ chatId: card.chatId, ...shown })
    .onConflictDoUpdate({ target: waitingCards.chatId, set: shown });
};

/** Forgets the chat's «N ждут» card: the next time too many arrive it gets a new one. */
export const removeWaitingCard = async (db: Db, chatId: number): Promise<void> => {
  await db.delete(waitingCards).where(eq(waitingCards.chatId, chatId));
};
