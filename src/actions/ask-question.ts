import type { Question } from "../store/queries/prompts.ts";
import {
  numberPrompt,
  removeOpenPrompts,
  removePrompt,
  removePromptsBefore,
  savePrompt,
} from "../store/writes/prompts.ts";
import { claimPerson } from "../store/writes/residents.ts";
import type { Deps } from "./deps.ts";

/** Who is asked what in which chat; `version` is the report's, of a vote the report's cycle, and 0 where it is about no report. */
export type Asking = { chatId: number; residentId: number; act: string; reportId: number | null; version: number };

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** What stands for the number of a question's message until Telegram has told it: whoever is asked, below zero. */
export const unnumbered = (residentId: number): number => -residentId;

/**
 * Remembers a question whose answer is the next message of a private chat, or a reply to it anywhere, before it is said: no answer can be
 * quicker. In a private chat it is the only one open of these acts: what was asked before is asked no more. Nothing is kept of somebody who
 * was forgotten meanwhile.
 */
export const askQuestion = async (
  { store }: Pick<Deps, "store">,
  { residentId, ...asking }: Asking,
  acts: readonly string[],
  now: Date,
): Promise<void> => {
  const blank = { answeredBy: null, albumId: null, held: null, additionId: null };
  await store.db.transaction(async (tx) => {
    if ((await claimPerson(tx, residentId)) === null) return;
    await removePromptsBefore(tx, new Date(now.getTime() - WEEK_MS));
    if (asking.chatId > 0) await removeOpenPrompts(tx, asking.chatId, acts);
    await savePrompt(tx, { ...asking, ...blank, messageId: unnumbered(residentId), askedAt: now });
  });
};

/** Which message a remembered question became, or (null) that it could not be said and is asked no more; the question as it stands now. */
export const numberQuestion = async (
  { store }: Pick<Deps, "store">,
  { chatId, residentId }: Pick<Asking, "chatId" | "residentId">,
  messageId: number | null,
): Promise<Question | null> => {
  if (messageId !== null) return numberPrompt(store.db, { chatId, messageId: unnumbered(residentId) }, messageId);
  await removePrompt(store.db, chatId, unnumbered(residentId));
  return null;
};

/** Asks these no more in this chat, or, given `messageId`, only what that message asked; what was answered stays answered. Whether anything stood open. */
export const dropQuestions = (
  { store }: Pick<Deps, "store">,
  { chatId, messageIds }: { chatId: number; messageIds?: readonly number[] },
  acts: readonly string[],
): Promise<boolean> => removeOpenPrompts(store.db, chatId, acts, messageIds);
