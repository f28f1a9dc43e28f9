/** What seeing to photos is tested with: a Telegram that hands out what it is told to, and a store of photos in a folder of its own. */
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc } from "drizzle-orm";
import { onTestFinished } from "vitest";
import type { Photo } from "../../src/form/draft.ts";
import type { PhotoDeps } from "../../src/jobs/photos.ts";
import { createLog } from "../../src/log.ts";
import type { FetchedPhoto } from "../../src/report/photo.ts";
import type { Store } from "../../src/store/open.ts";
import { openPhotoFiles } from "../../src/store/photo-files.ts";
import { answers } from "../../src/store/schema/answers.ts";
import { photos } from "../../src/store/schema/photos.ts";
import type { ReportRow } from "../../src/store/schema/reports.ts";
import { addPhotos } from "../../src/store/writes/photos.ts";
import { aClock } from "./delivery.ts";
import { city } from "./notices.ts";
import { NOON } from "./people.ts";

/** A photo as people send it, under a file id that Telegram knows it by. */
export const aPhoto = (fileId: string, kind: Photo["kind"] = "photo"): Photo => ({
  fileId,
  fileUniqueId: `unique ${fileId}`,
  kind,
});

/** Everything the fetching job works with; wire time stands until it is moved, and the log's lines are kept. */
export const aDarkroom = async (store: Store) => {
  const dir = await mkdtemp(join(tmpdir(), "otklik-photos-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const held = new Map<string, FetchedPhoto | (() => Promise<FetchedPhoto>)>();
  const asked: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const wire = aClock(new Date("2031-01-01T00:00:00Z"));
  const deps: PhotoDeps = {
    store,
    city,
    now: () => NOON,
    files: openPhotoFiles(dir),
    fetchPhoto: async (fileId) => {
      asked.push(fileId);
      const answer = held.get(fileId);
      if (answer === undefined) return { ok: false, why: "gone", words: "invalid file_id" };
      return typeof answer === "function" ? answer() : answer;
    },
    // The web holds pictures by their address as Telegram does by their file id.
    fetchWebPhoto: (url, signal) => deps.fetchPhoto(url, signal),
    wireNow: wire.now,
    log: createLog("info", { write: (line) => void lines.push(JSON.parse(line)) }),
  };
  return {
    dir,
    deps,
    wire,
    asked,
    lines,
    /** Telegram hands out these bytes, or does what it is told. */
    hold: (fileId: string, answer: Uint8Array | FetchedPhoto | (() => Promise<FetchedPhoto>)) => {
      held.set(fileId, answer instanceof Uint8Array ? { ok: true, bytes: answer } : answer);
    },
    /** The names of all files on the disk. */
    filesOnDisk: async (): Promise<string[]> =>
      (await readdir(dir, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
  };
};

/** Every photo, oldest first. */
export const photosOf = (store: Store) => store.db.select().from(photos).orderBy(asc(photos.id));

/** An answer with photos that somebody of an agency sent; the id of its row. */
export const anAnswer = async (
  store: Store,
  report: ReportRow,
  { fileIds = [], ...differs }: Partial<typeof answers.$inferInsert> & { fileIds?: string[] } = {},
): Promise<number> =>
  store.db.transaction(async (tx) => {
    const [added] = await tx
      .insert(answers)
      .values({
        draftId: randomUUID(),
        reportId: report.id,
        cycle: 1,
        kind: "fixed",
        state: "accepted",
        agencyId: "housing-kuntsevo",
        officerId: report.authorId ?? 0,
        words: "Лампа заменена, двор освещён",
        sentAt: NOON,
        decidedAt: NOON,
        ...differs,
      })
      .returning({ id: answers.id });
    if (added === undefined) throw new Error("No answer was added");
    const told = fileIds.map((fileId) => aPhoto(fileId));
    await addPhotos(tx, { reportId: report.id, answerId: added.id }, told);
    return added.id;
  });
