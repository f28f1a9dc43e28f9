import { and, eq } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { prompts } from "../schema/prompts.ts";

/** A question to staff that waits for their own words. */
export type Prompt = typeof prompts.$inferSelect;

/** The question asked by this message, null when it asked none or it was answered. */
export const findPrompt = async (db: Db | Tx, chatId: number, messageId: number): Promise<Prompt | null> => {
  const [row] = await db
    .select()
    .from(prompts)
    .where(and(eq(prompts.chatId, chatId), eq(prompts.messageId, messageId)));
  return row ?? null;
};
