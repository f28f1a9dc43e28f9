import { and, eq, gt, inArray, isNull, lt, type SQL } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { prompts } from "../schema/prompts.ts";

type PromptRow = typeof prompts.$inferSelect;

/** Remembers a question; one asked by the same message before is replaced. */
export const savePrompt = async (tx: Db | Tx, prompt: typeof prompts.$inferInsert): Promise<void> => {
  await tx
    .insert(prompts)
    .values(prompt)
    .onConflictDoUpdate({ target: [prompts.chatId, prompts.messageId], set: prompt });
};

/** Gives a question the number of the message it became; the question with it, null when it is asked no more. */
export const numberPrompt = async (
  tx: Db | Tx,
  { chatId, messageId }: { chatId: number; messageId: number },
  number: number,
): Promise<PromptRow | null> => {
  const [numbered] = await tx
    .update(prompts)
    .set({ messageId: number })
    .where(and(eq(prompts.chatId, chatId), eq(prompts.messageId, messageId)))
    .returning();
  return numbered ?? null;
};

/** Notes what answered a question, and what the answer became; it is asked no more. One that got its number meanwhile is known by what it asks. */
export const answerPrompt = async (
  tx: Tx,
  { chatId, messageId, act, reportId }: Pick<PromptRow, "chatId" | "messageId" | "act" | "reportId">,
  { answeredBy, albumId, additionId }: Pick<PromptRow, "answeredBy" | "albumId" | "additionId">,
): Promise<void> => {
  const note = (which: SQL | undefined): Promise<{ messageId: number }[]> =>
    tx
      .update(prompts)
      .set({ answeredBy, albumId, additionId })
      .where(and(eq(prompts.chatId, chatId), which))
      .returning({ messageId: prompts.messageId });
  const [noted] = await note(eq(prompts.messageId, messageId));
  if (noted !== undefined || messageId > 0) return;
  const same = and(eq(prompts.act, act), reportId === null ? isNull(prompts.reportId) : eq(prompts.reportId, reportId));
  await note(and(same, isNull(prompts.answeredBy), gt(prompts.messageId, 0)));
};

/** Forgets the questions for these acts that stand open in a chat, or only those that these messages asked; whether there were any. */
export const removeOpenPrompts = async (
  db: Db | Tx,
  chatId: number,
  acts: readonly string[],
  messageIds?: readonly number[],
): Promise<boolean> => {
  const asked = messageIds && inArray(prompts.messageId, [...messageIds]);
  const removed = await db
    .delete(prompts)
    .where(and(eq(prompts.chatId, chatId), inArray(prompts.act, [...acts]), isNull(prompts.answeredBy), asked))
    .returning({ messageId: prompts.messageId });
  return removed.length > 0;
};

/** Forgets a question; one that is gone already is fine. */
export const removePrompt = async (tx: Db | Tx, chatId: number, messageId: number): Promise<void> => {
  await tx.delete(prompts).where(and(eq(prompts.chatId, chatId), eq(prompts.messageId, messageId)));
};

/** Forgets questions nobody answered. */
export const removePromptsBefore = async (tx: Db | Tx, moment: Date): Promise<void> => {
  await tx.delete(prompts).where(lt(prompts.askedAt, moment));
};
