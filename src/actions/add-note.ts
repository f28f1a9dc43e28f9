import { addAddition } from "../store/writes/additions.ts";
import type { ActRefusal } from "./act-refusal.ts";
import { claimForEditors } from "./claim-moderation.ts";
import type { Deps } from "./deps.ts";
import { readWords } from "./read-words.ts";
import { record } from "./record.ts";

/** Leaves words at a report that only editors ever read; the report itself stays as it is. */
export const addNote = async (
  deps: Deps,
  { actorId, reportId, words }: { actorId: number; reportId: number; words: string },
  now: Date,
): Promise<{ ok: true } | ActRefusal> =>
  deps.store.db.transaction(async (tx) => {
    const claimed = await claimForEditors(tx, deps, { actorId, reportId, version: null });
    if (!claimed.ok) return claimed;
    const read = readWords(words);
    if (!read.ok) return read;
    const note = { reportId, kind: "note", authorId: actorId, words: read.words, photos: [] } as const;
    const additionId = await addAddition(tx, note, now);
    const { report, as } = claimed;
    await record(tx, deps, { report, actorId, actorRole: as, kind: "noted", data: { additionId } }, now);
    return { ok: true };
  });
