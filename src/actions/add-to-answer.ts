import type { Photo } from "../form/draft.ts";
import type { Question } from "../store/queries/prompts.ts";
import { extendAddition } from "../store/writes/additions.ts";
import { answerPrompt } from "../store/writes/prompts.ts";
import type { Deps } from "./deps.ts";

/** Puts a later photo to the answer that was given already, or, with `question` as it stands from now on, begins a later album; false when there is no room for it. */
export const addToAnswer = async (
  { store }: Pick<Deps, "store">,
  { question, ...more }: { id: number; words: string | null; photos: readonly Photo[]; question?: Question },
): Promise<boolean> =>
  store.db.transaction(async (tx) => {
    if (question !== undefined) await answerPrompt(tx, question, question);
    const fits = await extendAddition(tx, more);
    if (more.photos.length > 0) await store.wakePhotos(tx);
    return fits;
  });
