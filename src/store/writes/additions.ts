/** What people add to a report after it was sent. A row is never taken back; erasing a person empties it. */
import { count, eq } from "drizzle-orm";
import type { Photo } from "../../form/draft.ts";
import type { Tx } from "../db.ts";
import { additions } from "../schema/additions.ts";
import { photos } from "../schema/photos.ts";
import { addPhotos } from "./photos.ts";

/** The schema has room for so many photos of one owner. */
const MOST_PHOTOS = 10;

/** Words and photos for a report; `words` null for photos alone. */
export type NewAddition = Pick<typeof additions.$inferInsert, "reportId" | "kind" | "authorId" | "words"> & {
  photos: readonly Photo[];
};

/** Adds it; its id. */
export const addAddition = async (tx: Tx, { photos: told, ...addition }: NewAddition, now: Date): Promise<number> => {
  const [added] = await tx
    .insert(additions)
    .values({ ...addition, at: now })
    .returning({ id: additions.id });
  if (added === undefined) throw new Error("The addition was not added");
  await addPhotos(tx, { reportId: addition.reportId, additionId: added.id }, told.slice(0, MOST_PHOTOS));
  return added.id;
};

/**
 * Puts more to an addition that came in several messages: words go below the words, photos behind the photos. A photo it has already is
 * not added again, and beyond ten none is; false when a photo found no room.
 */
export const extendAddition = async (
  tx: Tx,
  { id, words, photos: told }: { id: number; words: string | null; photos: readonly Photo[] },
): Promise<boolean> => {
  const [addition] = await tx.select().from(additions).where(eq(additions.id, id)).for("update");
  if (addition === undefined) throw new Error(`No addition ${id}`);
  if (words !== null && words !== addition.words) {
    const joined = addition.words === null ? words : `${addition.words}\n${words}`;
    await tx.update(additions).set({ words: joined }).where(eq(additions.id, id));
  }
  const kept = await tx.select({ key: photos.fileUniqueId }).from(photos).where(eq(photos.additionId, id));
  const known = new Set(kept.map(({ key }) => key));
  const fresh = told.filter(({ fileUniqueId }) => !known.has(fileUniqueId));
  const fitting = fresh.slice(0, MOST_PHOTOS - kept.length);
  await addPhotos(tx, { reportId: addition.reportId, additionId: id }, fitting, kept.length);
  return fitting.length === fresh.length;
};

/** What an addition holds so far. */
export const getAddition = async (tx: Tx, id: number): Promise<{ words: string | null; photoCount: number }> => {
  const [addition] = await tx.select({ words: additions.words }).from(additions).where(eq(additions.id, id));
  if (addition === undefined) throw new Error(`No addition ${id}`);
  const [counted] = await tx.select({ photos: count() }).from(photos).where(eq(photos.additionId, id));
  return { words: addition.words, photoCount: counted?.photos ?? 0 };
};
