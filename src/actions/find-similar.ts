import type { Draft } from "../form/draft.ts";
import { similarKey } from "../form/similar-question.ts";
import type { Similar } from "../form/similar.ts";
import { nearestOf, similarBox } from "../report/duplicate.ts";
import { listSimilar } from "../store/queries/similar.ts";
import type { Deps } from "./deps.ts";

/** Open public reports on the draft's topic near its place; null where there is nothing to look for, or it was answered already. */
export const findSimilar = async (
  { store }: Pick<Deps, "store">,
  draft: Draft,
  residentId: number,
): Promise<{ key: string; found: Similar[] } | null> => {
  const key = similarKey(draft);
  const point = draft.place?.point ?? null;
  if (key === null || point === null || draft.topicId === null || draft.newAt === key) return null;
  const candidates = await listSimilar(store.db, { topicId: draft.topicId, box: similarBox(point) });
  const found = nearestOf(point, candidates);
  return {
    key,
    found: found.map(({ id, meters, address, description, authorId }) => ({
      id,
      meters,
      address,
      description,
      isOwn: authorId === residentId,
    })),
  };
};
