import { and, desc, eq, gt, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { prompts } from "../schema/prompts.ts";

type PromptRow = typeof prompts.$inferSelect;

/** A question about a report that waits for somebody's own words. */
export type Prompt = Pick<PromptRow, "chatId" | "messageId" | "act" | "version" | "askedAt"> & { reportId: number };

/** The question about a report asked by this message, null when it asked none or it was answered. */
export const findPrompt = async (db: Db | Tx, chatId: number, messageId: number): Promise<Prompt | null> => {
  const [row] = await db
    .select()
    .from(prompts)
    .where(and(eq(prompts.chatId, chatId), eq(prompts.messageId, messageId), isNull(prompts.answeredBy)));
  return row === undefined || row.reportId === null ? null : { ...row, reportId: row.reportId };
};

/** A question together with what became of it, if it was answered. */
export type Question = PromptRow;

/**
 * A message as far as it may answer a question: where and which it is, what it replies to, and its album. `unnumbered` is what stands for
 * the message of a question to this person whose number Telegram has not told yet.
 */
export type Incoming = {
  chatId: number;
  messageId: number;
  repliesTo: number | null;
  albumId: string | null;
  unnumbered?: number;
};

/** The question of a chat that was asked last, if it was asked after that moment, for one of these acts, and is answered. */
export const findLastAnswered = async (
  db: Db,
  chatId: number,
  acts: readonly string[],
  askedSince: Date,
): Promise<Question | null> => {
  const [last] = await db
    .select()
    .from(prompts)
    .where(and(eq(prompts.chatId, chatId), gt(prompts.askedAt, askedSince)))
    .orderBy(desc(prompts.askedAt), desc(prompts.messageId))
    .limit(1);
  return last !== undefined && last.answeredBy !== null && acts.includes(last.act) ? last : null;
};

/**
 * The question for one of these acts that a message answers: the one it replies to; the one it, or an earlier photo of its album, has
 * answered already; or, given `openSince`, the last one still open that was asked after that moment. Null when it answers none.
 */
export const findQuestion = async (
  db: Db | Tx,
  { chatId, messageId, repliesTo, albumId, unnumbered }: Incoming,
  acts: readonly string[],
  openSince: Date | null,
): Promise<Question | null> => {
  const find = async (which: SQL | undefined): Promise<Question | null> => {
    const [row] = await db
      .select()
      .from(prompts)
      .where(and(eq(prompts.chatId, chatId), inArray(prompts.act, [...acts]), which))
      .orderBy(desc(prompts.askedAt), desc(prompts.messageId))
      .limit(1);
    return row ?? null;
  };
  const sameAlbum = albumId === null ? undefined : eq(prompts.albumId, albumId);
  const answered = await find(or(eq(prompts.answeredBy, messageId), sameAlbum));
  if (answered !== null) return answered;
  if (repliesTo !== null) {
    const numbered = await find(eq(prompts.messageId, repliesTo));
    if (numbered !== null || unnumbered === undefined) return numbered;
    return find(and(eq(prompts.messageId, unnumbered), isNull(prompts.answeredBy)));
  }
  return openSince === null ? null : find(and(isNull(prompts.answeredBy), gt(prompts.askedAt, openSince)));
};
