import type { Photo } from "../form/draft.ts";
import { extendAddition } from "../store/writes/additions.ts";
import type { Deps } from "./deps.ts";

/** Puts the rest of an album to the answer that its first photo gave; false when there is no room for it. */
export const addToAnswer = async (
  { store }: Pick<Deps, "store">,
  more: { id: number; words: string | null; photos: readonly Photo[] },
): Promise<boolean> => store.db.transaction((tx) => extendAddition(tx, more));
