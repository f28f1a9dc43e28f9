import { and, eq, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Draft } from "../../form/draft.ts";
import type { Db, Tx } from "../db.ts";
import type { DraftRow } from "../queries/residents.ts";
import { at, rows } from "../raw.ts";
import { drafts, handledUpdates } from "../schema/drafts.ts";

/** A draft to be written, and the update that brought it about. */
export type DraftChange = {
  residentId: number;
  /** Stays the same as long as it is the same draft. */
  draftId: string;
  /** The version that was read; null to begin a draft where there is none. */
  readVersion: number | null;
  content: Draft;
  updateId: number;
};

/**
 * Writes the draft and remembers the update, in one statement and so in one round trip: both happen or neither.
 * False when somebody else wrote, sent or began a draft since it was read.
 */
export const saveDraft = async (db: Db, change: DraftChange, now: Date): Promise<boolean> => {
  const { residentId, draftId, readVersion, updateId } = change;
  const content = sql`${JSON.stringify(change.content)}::jsonb`;
  const saved =
    readVersion === null
      ? sql`insert into ${drafts} (resident_id, draft_id, version, content, updated_at)
          values (${residentId}, ${draftId}, 1, ${content}, ${at(now)})
          on conflict (resident_id) do nothing returning 1`
      : sql`update ${drafts} set version = version + 1, content = ${content}, updated_at = ${at(now)}
          where resident_id = ${residentId} and draft_id = ${draftId} and version = ${readVersion} returning 1`;
  return saveWithUpdate(db, saved, updateId, now);
};

/** Runs the statement that writes a draft, which returns a row if it did, and remembers the update in the same round trip if so. */
export const saveWithUpdate = async (db: Db, saved: SQL, updateId: number, now: Date): Promise<boolean> => {
  const written = await rows(
    db,
    z.object({ is_saved: z.boolean() }),
    sql`with saved as (${saved}),
      handled as (
        insert into ${handledUpdates} (update_id, handled_at) select ${updateId}, ${at(now)} from saved
        on conflict do nothing
      )
      select exists (select 1 from saved) as is_saved`,
  );
  return written[0]?.is_saved ?? false;
};

/** Begins a draft that repairs a report; false when the resident is writing something already. */
export const addDraft = async (
  tx: Tx,
  draft: Pick<DraftRow, "residentId" | "draftId" | "repairsId" | "content">,
  now: Date,
): Promise<boolean> => {
  const added = await tx
    .insert(drafts)
    .values({ ...draft, version: 1, updatedAt: now })
    .onConflictDoNothing({ target: drafts.residentId })
    .returning({ residentId: drafts.residentId });
  return added.length > 0;
};

/** Removes whatever a resident is writing. */
export const removeDraftOf = async (tx: Tx, residentId: number): Promise<void> => {
  await tx.delete(drafts).where(eq(drafts.residentId, residentId));
};

/** Makes a draft that was to repair a report one that becomes a report of its own. */
export const endRepairing = async (tx: Tx, residentId: number): Promise<void> => {
  await tx.update(drafts).set({ repairsId: null }).where(eq(drafts.residentId, residentId));
};

/** Locks the draft for the rest of the transaction; false when it is no longer the one that was read. */
export const claimDraft = async (
  tx: Tx,
  read: Pick<DraftRow, "residentId" | "draftId" | "version">,
): Promise<boolean> => {
  const [claimed] = await tx
    .select({ draftId: drafts.draftId })
    .from(drafts)
    .where(
      and(eq(drafts.residentId, read.residentId), eq(drafts.draftId, read.draftId), eq(drafts.version, read.version)),
    )
    .for("update");
  return claimed !== undefined;
};

/** Removes a draft that was sent or is not wanted any more; false when it is no longer the one that was read. */
export const removeDraft = async (
  db: Db | Tx,
  read: Pick<DraftRow, "residentId" | "draftId" | "version">,
): Promise<boolean> => {
  const removed = await db
    .delete(drafts)
    .where(
      and(eq(drafts.residentId, read.residentId), eq(drafts.draftId, read.draftId), eq(drafts.version, read.version)),
    )
    .returning({ residentId: drafts.residentId });
  return removed.length > 0;
};

/** Remembers within a transaction that the update had its effect; false when it had it before. */
export const addHandledUpdate = async (tx: Tx, updateId: number, now: Date): Promise<boolean> => {
  const update = { updateId, handledAt: now };
  const added = await tx
    .insert(handledUpdates)
    .values(update)
    .onConflictDoNothing()
    .returning({ id: handledUpdates.updateId });
  return added.length > 0;
};
