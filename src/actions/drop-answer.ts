import { readAnswer } from "../form/answer-draft.ts";
import { findAnswerDraft } from "../store/queries/answer-drafts.ts";
import { removeAnswerDraft } from "../store/writes/answer-drafts.ts";
import type { Deps } from "./deps.ts";

/** Throws away an answer as it was when the officer was asked, told by its `turn`; false when it has changed or is gone. */
export const dropAnswer = async (
  { store }: Pick<Deps, "store">,
  { officerId, reportId, turn }: { officerId: number; reportId: number; turn: number },
): Promise<boolean> => {
  const draft = await findAnswerDraft(store.db, { officerId, reportId });
  if (draft === null || readAnswer(draft.content).turn !== turn) return false;
  return removeAnswerDraft(store.db, draft);
};
