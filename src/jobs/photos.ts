/**
 * Our own copies of photos: fetched, prepared, compared, stored, one after the other, so that memory holds one picture at a time. Every
 * photo is claimed before it is fetched, so a crash only makes it wait, and doing it twice makes the same file under the same name.
 */
import { record } from "../actions/record.ts";
import type { City } from "../city/schema.ts";
import type { Log } from "../log.ts";
import {
  largeOf,
  thumbnailOf,
  type FetchedPhoto,
  type FetchPhoto,
  type FetchWebPhoto,
  type PhotoFiles,
} from "../report/photo.ts";
import type { Store, Tx } from "../store/open.ts";
import { listPhotoLeftovers } from "../store/queries/photos.ts";
import {
  claimDuePhotos,
  removePhotoLeftover,
  savePhotoFailure,
  saveReuse,
  saveStoredPhoto,
  type ClaimedPhoto,
} from "../store/writes/photos.ts";
import { findReuses, type Reuse } from "./find-reuses.ts";
import { claimReport } from "../store/writes/reports.ts";
import { nameOf, preparePhoto } from "./prepare-photo.ts";
import { minutesAfter } from "./moments.ts";

export type PhotoDeps = {
  store: Store;
  city: City;
  files: PhotoFiles;
  fetchPhoto: FetchPhoto;
  fetchWebPhoto: FetchWebPhoto;
  /** City time: when what is found was found. */
  now: () => Date;
  /** Wire time, always real. */
  wireNow: () => Date;
  log: Log;
};

/** Longer than fetching one can take. */
const LEASE_MINUTES = 5;
/** Doubled from a minute up to six hours, twelve tries are most of a day: longer than Telegram is ever away. */
const TRIES = 12;
const LONGEST_PAUSE_MINUTES = 6 * 60;
/** So many and the job ends, so that another process may take the next ones. */
const AT_A_TIME = 50;

/** Removes the files of erased photos and fetches those that are due; true when more may be due. */
export const fetchPhotos = async (deps: PhotoDeps, signal: AbortSignal): Promise<boolean> => {
  await removeLeftovers(deps);
  for (let left = AT_A_TIME; left > 0; left -= 1) {
    if (signal.aborted) return false;
    const now = deps.wireNow();
    const [photo] = await claimDuePhotos(deps.store.db, now, minutesAfter(now, LEASE_MINUTES), 1);
    if (photo === undefined) return false;
    try {
      await fetchOne(deps, photo, signal);
    } catch (err) {
      // Ours or the disk's, and not the picture's: another try may do.
      deps.log.error({ err, photo: photo.id }, "a photo could not be stored");
      await putOff(deps, photo, null, "could not be stored");
    }
  }
  return true;
};

const removeLeftovers = async ({ store: { db }, files }: PhotoDeps): Promise<void> => {
  for (const storedAs of await listPhotoLeftovers(db, 1000)) {
    await removeFiles(files, storedAs);
    await removePhotoLeftover(db, storedAs);
  }
};

const removeFiles = async (files: PhotoFiles, storedAs: string): Promise<void> => {
  await files.remove(thumbnailOf(storedAs));
  await files.remove(largeOf(storedAs));
};

const fetchOne = async (deps: PhotoDeps, photo: ClaimedPhoto, signal: AbortSignal): Promise<void> => {
  const { store, files } = deps;
  const fetched = await fetchSource(deps, photo, signal);
  if (!fetched.ok) {
    // Not its fault: due again as soon as somebody works.
    if (signal.aborted) return savePhotoFailure(store.db, photo.id, deps.wireNow());
    switch (fetched.why) {
      case "retry":
        return putOff(deps, photo, fetched.afterSeconds, "it is not handed out");
      case "gone":
        return giveUp(deps, photo, fetched.words);
    }
  }
  const prepared = await preparePhoto(fetched.bytes);
  if (prepared === null) return giveUp(deps, photo, "not a picture that can be opened");
  const storedAs = nameOf(photo.id, prepared.large);
  await files.save(thumbnailOf(storedAs), prepared.thumbnail);
  await files.save(largeOf(storedAs), prepared.large);
  const reuses = await findReuses({ store, files }, photo, prepared);
  const isKept = await store.db.transaction(async (tx) => {
    const reported = await claimReported(tx, reuses);
    if (!(await saveStoredPhoto(tx, photo.id, { storedAs, likeness: prepared.likeness }))) return false;
    for (const { id, earlierId } of reuses) await saveReuse(tx, id, earlierId);
    for (const { report, answerId, earlierReportId } of reported) {
      const fact = { report, actorId: null, actorRole: "clock", kind: "photo_reused" } as const;
      await record(tx, deps, { ...fact, data: { answerId, earlierReportId } }, deps.now());
    }
    return true;
  });
  // Erased while it was fetched.
  if (!isKept) await removeFiles(files, storedAs);
};

const fetchSource = (
  { fetchPhoto, fetchWebPhoto }: PhotoDeps,
  { fileId, sourceUrl }: ClaimedPhoto,
  signal: AbortSignal,
): Promise<FetchedPhoto> => {
  if (fileId !== null) return fetchPhoto(fileId, signal);
  if (sourceUrl !== null) return fetchWebPhoto(sourceUrl, signal);
  throw new Error("A photo comes from nowhere");
};

/** The reports whose answers show a picture again, locked before their photos are touched, as everybody does who changes both. */
const claimReported = async (tx: Tx, reuses: readonly Reuse[]) => {
  const reported = [];
  for (const { reportId, answerId, earlierReportId } of reuses.toSorted((a, b) => a.reportId - b.reportId)) {
    const report = await claimReport(tx, reportId);
    if (report !== null) reported.push({ report, answerId, earlierReportId });
  }
  return reported;
};

const putOff = async (
  deps: PhotoDeps,
  photo: ClaimedPhoto,
  afterSeconds: number | null,
  failure: string,
): Promise<void> => {
  if (photo.attempts >= TRIES) return giveUp(deps, photo, failure);
  const pause = Math.min(2 ** (photo.attempts - 1), LONGEST_PAUSE_MINUTES);
  const next = minutesAfter(deps.wireNow(), Math.max(pause, (afterSeconds ?? 0) / 60));
  await savePhotoFailure(deps.store.db, photo.id, next);
};

const giveUp = async (deps: PhotoDeps, photo: ClaimedPhoto, failure: string): Promise<void> => {
  const { id, reportId, attempts } = photo;
  deps.log.error({ photo: id, reportId, attempts, failure }, "a photo was given up");
  await savePhotoFailure(deps.store.db, id, null);
};
