/** Photos from the moment they are told until they are erased; between that only the fetching job touches them. */
import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Photo } from "../../form/draft.ts";
import type { Db, Tx } from "../db.ts";
import { photoLeftovers, photos } from "../schema/photos.ts";

/** What photos hang on: the report itself, an answer to it, or an addition to it. */
export type PhotoOwner = { reportId: number; answerId?: number; additionId?: number };

// Told of in city time and fetched by wire time: long past is due by either.
const AT_ONCE = new Date(0);

/**
 * Adds photos in the order in which they were told; `after` is how many the owner has already. They are fetched within a minute, or at once if the
 * transaction also calls `store.wakePhotos(tx)`.
 */
export const addPhotos = async (tx: Tx, owner: PhotoOwner, told: readonly Photo[], after = 0): Promise<void> => {
  if (told.length === 0) return;
  await tx.insert(photos).values(
    told.map(({ fileId, fileUniqueId, kind }, index) => ({
      ...owner,
      position: after + index,
      fileId,
      fileUniqueId,
      isDocument: kind === "document",
      nextTickAt: AT_ONCE,
    })),
  );
};

/** Adds photos that stand on the web, in the same way; their addresses were told by a program, and nothing has been asked of them yet. */
export const addWebPhotos = async (tx: Tx, owner: PhotoOwner, sourceUrls: readonly string[]): Promise<void> => {
  if (sourceUrls.length === 0) return;
  await tx.insert(photos).values(
    sourceUrls.map((sourceUrl, position) => ({
      ...owner,
      position,
      sourceUrl,
      isDocument: false,
      nextTickAt: AT_ONCE,
    })),
  );
};

/**
 * Erases photos with all that is known of them; our copies follow within a minute of the commit, or at once with `store.wakePhotos(tx)`.
 * Ids that are gone already do no harm.
 */
export const removePhotos = async (tx: Tx, photoIds: readonly number[]): Promise<void> => {
  if (photoIds.length === 0) return;
  await forget(
    tx,
    await tx
      .delete(photos)
      .where(inArray(photos.id, [...photoIds]))
      .returning(stored),
  );
};

/** Replaces the photos a report was filed with, as a repair does; editors' decisions to hide one go with it. */
export const replaceReportPhotos = async (tx: Tx, reportId: number, told: readonly Photo[]): Promise<void> => {
  const own = and(eq(photos.reportId, reportId), isNull(photos.answerId), isNull(photos.additionId));
  await forget(tx, await tx.delete(photos).where(own).returning(stored));
  await addPhotos(tx, { reportId }, told);
};

/** Hides a photo that a report was filed with from the public, or shows it; false when the report has no such photo. */
export const setPhotoHidden = async (
  tx: Tx,
  { reportId, photoId, isHidden }: { reportId: number; photoId: number; isHidden: boolean },
): Promise<boolean> => {
  const own = and(eq(photos.reportId, reportId), isNull(photos.answerId), isNull(photos.additionId));
  const changed = await tx
    .update(photos)
    .set({ isHidden })
    .where(and(own, eq(photos.id, photoId)))
    .returning({ id: photos.id });
  return changed.length > 0;
};

const stored = { storedAs: photos.storedAs };

const forget = async (tx: Tx, removed: readonly { storedAs: string | null }[]): Promise<void> => {
  const names = removed.flatMap(({ storedAs }) => (storedAs === null ? [] : [{ storedAs }]));
  if (names.length > 0) await tx.insert(photoLeftovers).values(names).onConflictDoNothing();
};

/** A photo the job has taken in hand; `attempts` counts this one, too. */
export type ClaimedPhoto = Pick<
  typeof photos.$inferSelect,
  "id" | "reportId" | "answerId" | "fileId" | "sourceUrl" | "attempts"
>;

/**
 * Takes up to `limit` due photos in hand, so that nobody else fetches them until `until` (wire time); should this process die, they are
 * due again then.
 */
export const claimDuePhotos = (db: Db, wireNow: Date, until: Date, limit: number): Promise<ClaimedPhoto[]> => {
  // In a WITH the rows are chosen once; a plain subquery may be run again and take more than `limit`.
  const due = db
    .$with("due")
    .as(
      db
        .select({ id: photos.id })
        .from(photos)
        .where(lte(photos.nextTickAt, wireNow))
        .orderBy(asc(photos.nextTickAt), asc(photos.id))
        .limit(limit)
        .for("update", { skipLocked: true }),
    );
  return db
    .with(due)
    .update(photos)
    .set({ nextTickAt: until, attempts: sql`${photos.attempts} + 1` })
    .where(inArray(photos.id, db.select({ id: due.id }).from(due)))
    .returning({
      id: photos.id,
      reportId: photos.reportId,
      answerId: photos.answerId,
      fileId: photos.fileId,
      sourceUrl: photos.sourceUrl,
      attempts: photos.attempts,
    });
};

/**
 * Notes our copy. False when the photo was erased or stored meanwhile: then the caller's file is nobody's.
 */
export const saveStoredPhoto = async (
  tx: Tx,
  photoId: number,
  copy: { storedAs: string; likeness: string | null },
): Promise<boolean> => {
  const saved = await tx
    .update(photos)
    .set({ ...copy, nextTickAt: null })
    .where(and(eq(photos.id, photoId), isNull(photos.storedAs)))
    .returning({ id: photos.id });
  return saved.length > 0;
};

/** Puts a photo that could not be fetched off until then, wire time; null gives it up. */
export const savePhotoFailure = async (db: Db, photoId: number, nextTickAt: Date | null): Promise<void> => {
  await db
    .update(photos)
    .set({ nextTickAt })
    .where(and(eq(photos.id, photoId), isNull(photos.storedAs)));
};

/** Notes that a photo shows an earlier one again; the first finding stays. */
export const saveReuse = async (db: Db, photoId: number, earlierId: number): Promise<void> => {
  await db
    .update(photos)
    .set({ reusesId: earlierId })
    .where(and(eq(photos.id, photoId), isNull(photos.reusesId)));
};

/** Forgets that the file of an erased photo was still to be removed. */
export const removePhotoLeftover = async (db: Db, storedAs: string): Promise<void> => {
  await db.delete(photoLeftovers).where(eq(photoLeftovers.storedAs, storedAs));
};
