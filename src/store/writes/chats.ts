import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Tx } from "../db.ts";
import { chats, type ChatRow } from "../schema/chats.ts";
import { cards, notices, waitingCards } from "../schema/notices.ts";
import { prompts } from "../schema/prompts.ts";
import { reviveNotices } from "./notices.ts";

/** What an admin says of a group or channel. */
export type Binding = Omit<ChatRow, "unreachable">;

/** Binds a group, or binds it anew: whoever does so has seen to it that the bot may write there. */
export const saveChat = async (tx: Tx, binding: Binding): Promise<void> => {
  const chat: ChatRow = { ...binding, unreachable: null };
  await tx.insert(chats).values(chat).onConflictDoUpdate({ target: chats.chatId, set: chat });
};

/** Ends a group's binding; false if it had none. */
export const removeChat = async (tx: Tx, chatId: number): Promise<boolean> => {
  const removed = await tx.delete(chats).where(eq(chats.chatId, chatId)).returning({ chatId: chats.chatId });
  return removed.length > 0;
};

/** Notes that nobody can be told anything there, and why; the binding, null where that is known already or there is none. */
export const markUnreachable = async (tx: Tx, chatId: number, words: string): Promise<ChatRow | null> => {
  const [marked] = await tx
    .update(chats)
    .set({ unreachable: words })
    .where(and(eq(chats.chatId, chatId), isNull(chats.unreachable)))
    .returning();
  return marked ?? null;
};

/** The bot may write there again: lets what could not be told for that reason wait anew; false if nothing was in its way. */
export const markReachable = async (tx: Tx, chatId: number): Promise<boolean> => {
  const [marked] = await tx
    .select({ words: chats.unreachable })
    .from(chats)
    .where(and(eq(chats.chatId, chatId), isNotNull(chats.unreachable)))
    .for("update");
  if (marked === undefined || marked.words === null) return false;
  await tx.update(chats).set({ unreachable: null }).where(eq(chats.chatId, chatId));
  await reviveNotices(tx, chatId, marked.words);
  return true;
};

/** Lets every group and channel be tried anew. */
export const tryUnreachable = async (tx: Tx): Promise<void> => {
  await tx.update(chats).set({ unreachable: null }).where(isNotNull(chats.unreachable));
};

/**
 * Lets everything about a group live on under its new id; false if there was nothing. Messages stay behind in the old group, where
 * nobody can edit them any more, so its cards and prompts are forgotten.
 */
export const moveChat = async (tx: Tx, from: number, to: number): Promise<boolean> => {
  const [binding] = await tx.delete(chats).where(eq(chats.chatId, from)).returning();
  // Bound anew under the new id already: the later word counts.
  if (binding)
    await tx
      .insert(chats)
      .values({ ...binding, chatId: to })
      .onConflictDoNothing();
  const untold = await tx
    .update(notices)
    .set({ chatId: to })
    .where(and(eq(notices.chatId, from), inArray(notices.state, ["waiting", "undeliverable"])))
    .returning({ id: notices.id });
  await tx.delete(cards).where(eq(cards.chatId, from));
  await tx.delete(waitingCards).where(eq(waitingCards.chatId, from));
  await tx.delete(prompts).where(eq(prompts.chatId, from));
  return binding !== undefined || untold.length > 0;
};
