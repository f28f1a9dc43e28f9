import { SHELVES, storedAsOf, type PhotoFiles } from "../report/photo.ts";
import type { Store } from "../store/open.ts";
import { listKnownNames } from "../store/queries/photos.ts";

const DAY_MS = 24 * 3_600_000;

/** So many parts of the store are looked through a night, so every part within sixteen nights. */
const SHELVES_A_NIGHT = 16;

/** Asked of the database at once. */
const TOGETHER = 1000;

/** Removes files that no photo has: what a crash left between the disk and the database. Those of the last day may still get theirs. */
export const keepPhotoFiles = async (deps: { store: Store; files: PhotoFiles }, wireNow: Date): Promise<void> => {
  const night = Math.floor(wireNow.getTime() / DAY_MS);
  for (let shelf = 0; shelf < SHELVES_A_NIGHT; shelf += 1) {
    await keepShelf(deps, (night * SHELVES_A_NIGHT + shelf) % SHELVES, wireNow);
  }
};

const keepShelf = async (
  { store, files }: { store: Store; files: PhotoFiles },
  shelf: number,
  wireNow: Date,
): Promise<void> => {
  // A photo is fetched and given up within a day, so no older file is about to be somebody's.
  const names = await files.listOld(shelf, new Date(wireNow.getTime() - DAY_MS));
  for (let from = 0; from < names.length; from += TOGETHER) {
    const some = names.slice(from, from + TOGETHER).map((name) => ({ name, storedAs: storedAsOf(name) }));
    const known = new Set(await listKnownNames(store.db, [...new Set(some.flatMap(({ storedAs }) => storedAs ?? []))]));
    for (const { name, storedAs } of some) if (storedAs !== null && !known.has(storedAs)) await files.remove(name);
  }
};
