import { and, eq, inArray, isNull, lt } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { prompts } from "../schema/prompts.ts";

/** Remembers a question; one asked by the same message before is replaced. */
export const savePrompt = async (tx: Db | Tx, prompt: typeof prompts.$inferInsert): Promise<void> => {
  await tx
    .insert(prompts)
    .values(prompt)
    .onConflictDoUpdate({ target: [prompts.chatId, prompts.messageId], set: prompt });
};

/** Notes what answered a question, and what the answer became; it is asked no more. */
export const answerPrompt = async (
  tx: Tx,
  { chatId, messageId }: { chatId: number; messageId: number },
  answer: { answeredBy: number | null; albumId: string | null; additionId: number | null },
): Promise<void> => {
  await tx
    .update(prompts)
    .set(answer)
    .where(and(eq(prompts.chatId, chatId), eq(prompts.messageId, messageId)));
};

/** Forgets the questions for these acts that stand open in a chat. */
export const removeOpenPrompts = async (db: Db | Tx, chatId: number, acts: readonly string[]): Promise<void> => {
  await db
    .delete(prompts)
    .where(and(eq(prompts.chatId, chatId), inArray(prompts.act, [...acts]), isNull(prompts.answeredBy)));
};

/** Forgets a question; one that is gone already is fine. */
export const removePrompt = async (tx: Db | Tx, chatId: number, messageId: number): Promise<void> => {
  await tx.delete(prompts).where(and(eq(prompts.chatId, chatId), eq(prompts.messageId, messageId)));
};

/** Forgets questions nobody answered. */
export const removePromptsBefore = async (tx: Db | Tx, moment: Date): Promise<void> => {
  await tx.delete(prompts).where(lt(prompts.askedAt, moment));
};
