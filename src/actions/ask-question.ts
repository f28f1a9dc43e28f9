import { removeOpenPrompts, removePromptsBefore, savePrompt } from "../store/writes/prompts.ts";
import type { Deps } from "./deps.ts";

/** What is asked by which message; `version` is the report's, of a vote the report's cycle, and 0 where it is about no report. */
export type Asking = { chatId: number; messageId: number; act: string; reportId: number | null; version: number };

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Remembers a question whose answer is the next message of a private chat, or a reply to it anywhere. In a private chat it is the only
 * one open of these acts: what was asked before is asked no more.
 */
export const askQuestion = async (
  { store }: Pick<Deps, "store">,
  asking: Asking,
  acts: readonly string[],
  now: Date,
): Promise<void> => {
  await store.db.transaction(async (tx) => {
    await removePromptsBefore(tx, new Date(now.getTime() - WEEK_MS));
    if (asking.chatId > 0) await removeOpenPrompts(tx, asking.chatId, acts);
    await savePrompt(tx, { ...asking, askedAt: now });
  });
};

/** Asks these no more in this chat; what was answered stays answered. */
export const dropQuestions = async (
  { store }: Pick<Deps, "store">,
  chatId: number,
  acts: readonly string[],
): Promise<void> => removeOpenPrompts(store.db, chatId, acts);
