import { addAddition } from "../store/writes/additions.ts";
import { addHandledUpdate } from "../store/writes/drafts.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { claimForEditors } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";

/** Leaves words at a report that only editors ever read; the report itself stays as it is. The same update leaves them once. */
export const addNote = async (
  deps: Deps,
  { actorId, reportId, words, updateId }: { actorId: number; reportId: number; words: string; updateId?: number },
  now: Date,
): Promise<{ ok: true } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimForEditors(tx, deps, { actorId, reportId, version: null });
    if (!claimed.ok) return claimed;
    const read = readWords(words);
    if (!read.ok) return read;
    if (updateId !== undefined && !(await addHandledUpdate(tx, updateId, now))) return { ok: true };
    const note = { reportId, kind: "note", authorId: actorId, words: read.words, photos: [] } as const;
    const additionId = await addAddition(tx, note, now);
    const { report, as } = claimed;
    await record(tx, deps, { report, actorId, actorRole: as, kind: "noted", data: { additionId } }, now);
    return { ok: true };
  });
