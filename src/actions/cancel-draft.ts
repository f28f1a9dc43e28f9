import { readDraft } from "../form/draft.ts";
import type { Visit } from "../store/queries/residents.ts";
import { removeDraft } from "../store/writes/drafts.ts";
import type { Deps } from "./deps.ts";

/** Throws away the draft as it was when the resident was asked, told by its `turn`; false when it has changed or is gone. */
export const cancelDraft = async (
  { store }: Pick<Deps, "store">,
  { visit, turn }: { visit: Visit; turn: number },
): Promise<boolean> => {
  const { draft } = visit;
  if (draft === null || readDraft(draft.content).turn !== turn) return false;
  return removeDraft(store.db, draft);
};
