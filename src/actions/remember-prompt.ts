import { removePrompt, removePromptsBefore, savePrompt } from "../store/writes/prompts.ts";
import type { Prompt } from "../store/queries/prompts.ts";
import type { Deps } from "./deps.ts";

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Remembers which message asked for whose words; questions older than a week are forgotten on the way. */
export const rememberPrompt = async (
  { store }: Pick<Deps, "store">,
  prompt: Omit<Prompt, "askedAt">,
  now: Date,
): Promise<void> => {
  await store.db.transaction(async (tx) => {
    await removePromptsBefore(tx, new Date(now.getTime() - WEEK_MS));
    await savePrompt(tx, { ...prompt, askedAt: now });
  });
};

/** The words came and were used, or are no longer needed. */
export const forgetPrompt = async (
  { store }: Pick<Deps, "store">,
  { chatId, messageId }: Pick<Prompt, "chatId" | "messageId">,
): Promise<void> => removePrompt(store.db, chatId, messageId);
