import { eq } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { chats } from "../schema/chats.ts";

/** A group an admin bound. */
export type BoundChat = typeof chats.$inferSelect;

/** What the group is bound to, null when it is not. */
export const findBoundChat = async (db: Db | Tx, chatId: number): Promise<BoundChat | null> => {
  const [row] = await db.select().from(chats).where(eq(chats.chatId, chatId));
  return row ?? null;
};

/** Every bound group; a city has dozens. */
export const listBoundChats = async (db: Db | Tx): Promise<BoundChat[]> => db.select().from(chats);
