import { and, eq, lt } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import type { Prompt } from "../queries/prompts.ts";
import { prompts } from "../schema/prompts.ts";

/** Remembers a question; one asked by the same message before is replaced. */
export const savePrompt = async (tx: Db | Tx, prompt: Prompt): Promise<void> => {
  await tx
    .insert(prompts)
    .values(prompt)
    .onConflictDoUpdate({ target: [prompts.chatId, prompts.messageId], set: prompt });
};

/** Forgets a question; one that is gone already is fine. */
export const removePrompt = async (tx: Db | Tx, chatId: number, messageId: number): Promise<void> => {
  await tx.delete(prompts).where(and(eq(prompts.chatId, chatId), eq(prompts.messageId, messageId)));
};

/** Forgets questions nobody answered. */
export const removePromptsBefore = async (tx: Db | Tx, moment: Date): Promise<void> => {
  await tx.delete(prompts).where(lt(prompts.askedAt, moment));
};
