import { PHOTO_QUEUE } from "../store/enqueue.ts";
import { isPhotoWorkDue } from "../store/queries/photos.ts";
import { fetchWebPhoto } from "./fetch-web-photo.ts";
import { keepPhotoFiles } from "./keep-photo-files.ts";
import { fetchPhotos, type PhotoDeps } from "./photos.ts";
import { startSchedule, type Entry } from "./schedule.ts";

/**
 * Starts seeing to the photos: woken by what adds or erases some, and every minute by those that are due.
 * Stopping ends the download in hand, which is taken up by whoever works next.
 */
export const startPhotoJobs = async (
  settings: Omit<PhotoDeps, "wireNow" | "fetchWebPhoto"> & Partial<Pick<PhotoDeps, "wireNow" | "fetchWebPhoto">>,
): Promise<{ stop(): Promise<void> }> => {
  const deps = { wireNow: () => new Date(), fetchWebPhoto, ...settings };
  const { store, city, wireNow, log } = deps;
  const stopping = new AbortController();
  const wake = (): Promise<void> => store.db.transaction((tx) => store.wakePhotos(tx));
  const wakeIfDue = async (): Promise<void> => {
    if (await isPhotoWorkDue(store.db, wireNow())) await wake();
  };
  const options = { batchSize: 1000, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 10 };
  await store.boss.work(PHOTO_QUEUE, options, async () => {
    // A job always completes: what could not be fetched is a state of the photo.
    const isMoreDue = await fetchPhotos(deps, stopping.signal).catch((err: unknown) => {
      log.error({ err }, "photos could not be seen to");
      return false;
    });
    if (isMoreDue) await wake();
  });
  const entries = {
    photos: { at: "* * * * *", work: wakeIfDue },
    photoFiles: { at: "30 4 * * *", work: () => keepPhotoFiles(deps, wireNow()) },
  } satisfies Record<string, Entry>;
  const schedule = startSchedule(entries, { timeZone: city.timeZone, now: wireNow, wireNow, log });
  await wakeIfDue();
  return {
    stop: async () => {
      stopping.abort();
      await schedule.stop();
      await store.boss.offWork(PHOTO_QUEUE, { wait: true });
    },
  };
};
