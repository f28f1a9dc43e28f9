import { stat } from "node:fs/promises";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keepPhotoFiles } from "../../../src/jobs/keep-photo-files.ts";
import { startPhotoJobs } from "../../../src/jobs/photo-jobs.ts";
import { fetchPhotos } from "../../../src/jobs/photos.ts";
import { largeOf, thumbnailOf } from "../../../src/report/photo.ts";
import { arePhotosPending, listOwnCopies } from "../../../src/store/queries/photos.ts";
import { findReportView } from "../../../src/store/queries/report-view.ts";
import { photoLeftovers, photos } from "../../../src/store/schema/photos.ts";
import type { ReportRow } from "../../../src/store/schema/reports.ts";
import {
  addPhotos,
  addWebPhotos,
  claimDuePhotos,
  removePhotos,
  replaceReportPhotos,
} from "../../../src/store/writes/photos.ts";
import { tellSubmitted } from "../../support/delivery.ts";
import { aReport, aResident, hoursAfter } from "../../support/people.ts";
import { aDarkroom, aPhoto, photosOf } from "../../support/photos.ts";
import { aPicture } from "../../support/pictures.ts";
import { freshStore, STORE_KINDS, type FreshStore } from "../../support/store.ts";

const going = new AbortController().signal;
const retry = { ok: false, why: "retry", afterSeconds: null } as const;

describe.each(STORE_KINDS)("photos on %s", { timeout: 90_000 }, (kind) => {
  let store: FreshStore;
  let report: ReportRow;
  beforeAll(async () => {
    store = await freshStore(kind, { jobs: true });
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.db.delete(photos);
    report = await aReport(store.db, await aResident(store.db));
  });

  const add = (...fileIds: string[]): Promise<void> =>
    store.db.transaction((tx) =>
      addPhotos(
        tx,
        { reportId: report.id },
        fileIds.map((fileId) => aPhoto(fileId)),
      ),
    );

  test("are fetched as soon as the fact they came with is committed", async () => {
    const { deps, hold } = await aDarkroom(store);
    const fetched = Promise.withResolvers<void>();
    hold("one", async () => {
      fetched.resolve();
      return { ok: true, bytes: await aPicture(1) };
    });
    const jobs = await startPhotoJobs(deps);
    await store.db.transaction((tx) => addPhotos(tx, { reportId: report.id }, [aPhoto("one")]));
    expect(await arePhotosPending(store.db, { reportId: report.id })).toBe(true);
    await tellSubmitted(store, report);
    await fetched.promise;
    // Stopping waits for what is in hand.
    await jobs.stop();
    expect((await listOwnCopies(store.db, { reportId: report.id })).map(({ state }) => state)).toEqual(["stored"]);
  });

  test("from the web are fetched from where they stand, and cards show our own copy from then on", async () => {
    const { deps, hold, asked } = await aDarkroom(store);
    const url = "https://pictures.example.org/lamp.jpg";
    hold(url, await aPicture(1));
    await store.db.transaction((tx) => addWebPhotos(tx, { reportId: report.id }, [url]));
    expect((await findReportView(store.db, report.id))?.photos).toEqual([]);
    await fetchPhotos(deps, going);
    expect(asked).toEqual([url]);
    const [copy] = await listOwnCopies(store.db, { reportId: report.id });
    const storedAs = copy?.state === "stored" ? copy.storedAs : "not stored";
    expect((await findReportView(store.db, report.id))?.photos).toEqual([{ storedAs, kind: "own" }]);
  });

  test("are stored large and small, in the order in which they were told", async () => {
    const { deps, hold, filesOnDisk } = await aDarkroom(store);
    hold("one", await aPicture(1));
    hold("two", await aPicture(2));
    await add("one", "two");
    expect(await fetchPhotos(deps, going)).toBe(false);
    const copies = await listOwnCopies(store.db, { reportId: report.id });
    expect(copies.map(({ position, state }) => [position, state])).toEqual([
      [0, "stored"],
      [1, "stored"],
    ]);
    expect(await arePhotosPending(store.db, { reportId: report.id })).toBe(false);
    const names = copies.flatMap((copy) =>
      copy.state === "stored" ? [largeOf(copy.storedAs), thumbnailOf(copy.storedAs)] : [],
    );
    expect((await filesOnDisk()).toSorted()).toEqual(names.toSorted());
    for (const name of names)
      expect((await sharp((await deps.files.read(name)) ?? Buffer.alloc(0)).metadata()).format).toBe("jpeg");
  });

  test("wait ever longer while Telegram is away, and are given up after most of a day with a word to the operator", async () => {
    const { deps, hold, wire, asked, lines } = await aDarkroom(store);
    hold("one", retry);
    await add("one");
    const pauses: number[] = [];
    for (;;) {
      const before = wire.now();
      await fetchPhotos(deps, going);
      const [photo] = await photosOf(store);
      const next = photo?.nextTickAt ?? null;
      if (next === null) break;
      pauses.push((next.getTime() - before.getTime()) / 60_000);
      // A moment too early nobody asks.
      wire.moveTo(new Date(next.getTime() - 1));
      await fetchPhotos(deps, going);
      wire.moveTo(next);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    expect(asked).toHaveLength(12);
    expect(await listOwnCopies(store.db, { reportId: report.id })).toMatchObject([{ state: "lost" }]);
    expect(lines).toMatchObject([{ msg: "a photo was given up", reportId: report.id, attempts: 12 }]);
  });

  test("wait as long as Telegram asks", async () => {
    const { deps, hold, wire } = await aDarkroom(store);
    hold("one", { ok: false, why: "retry", afterSeconds: 7200 });
    await add("one");
    await fetchPhotos(deps, going);
    expect((await photosOf(store))[0]?.nextTickAt).toEqual(hoursAfter(wire.now(), 2));
  });

  test("that nobody has any more are given up at once", async () => {
    const { deps, lines, asked } = await aDarkroom(store);
    await add("unknown");
    await fetchPhotos(deps, going);
    await fetchPhotos(deps, going);
    expect(asked).toEqual(["unknown"]);
    expect(lines).toMatchObject([{ failure: "invalid file_id", attempts: 1 }]);
  });

  test("that are no pictures, are broken or unpack to too much are given up, and the next one is fetched", async () => {
    const { deps, hold, lines } = await aDarkroom(store);
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: "#000" } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>`;
    hold("bomb", bomb);
    hold("text", Buffer.from("%PDF-1.7"));
    hold("svg", Buffer.from(svg));
    hold("half", (await aPicture(1)).subarray(0, 5000));
    hold("fine", await aPicture(1));
    await add("bomb", "text", "svg", "half", "fine");
    await fetchPhotos(deps, going);
    expect((await listOwnCopies(store.db, { reportId: report.id })).map(({ state }) => state)).toEqual([
      "lost",
      "lost",
      "lost",
      "lost",
      "stored",
    ]);
    expect(lines).toHaveLength(4);
  });

  test("in the hands of a process that died are taken up by the next", async () => {
    const { deps, hold, wire, filesOnDisk } = await aDarkroom(store);
    hold("one", await aPicture(1));
    await add("one");
    await claimDuePhotos(store.db, wire.now(), hoursAfter(wire.now(), 1), 1);
    await fetchPhotos(deps, going);
    expect(await arePhotosPending(store.db, { reportId: report.id })).toBe(true);
    wire.moveTo(hoursAfter(wire.now(), 1));
    await fetchPhotos(deps, going);
    // As if it had died after the files and before the row: the same files again.
    const files = await filesOnDisk();
    await store.db.update(photos).set({ storedAs: null, nextTickAt: wire.now() }).where(eq(photos.reportId, report.id));
    await fetchPhotos(deps, going);
    expect(await filesOnDisk()).toEqual(files);
    expect(await listOwnCopies(store.db, { reportId: report.id })).toMatchObject([{ state: "stored" }]);
  });

  test("are tried again when the disk refuses them", async () => {
    const { deps, hold, wire, lines } = await aDarkroom(store);
    hold("one", await aPicture(1));
    await add("one");
    const full = { ...deps.files, save: () => Promise.reject(new Error("no space left")) };
    await fetchPhotos({ ...deps, files: full }, going);
    expect(lines).toMatchObject([{ msg: "a photo could not be stored" }]);
    wire.moveSeconds(60);
    await fetchPhotos(deps, going);
    expect(await listOwnCopies(store.db, { reportId: report.id })).toMatchObject([{ state: "stored" }]);
  });

  test("of two people who sent one picture are erased one by one", async () => {
    const { deps, hold, filesOnDisk } = await aDarkroom(store);
    const other = await aReport(store.db, await aResident(store.db));
    for (const fileId of ["mine", "theirs"]) hold(fileId, await aPicture(1));
    await add("mine");
    await store.db.transaction((tx) => addPhotos(tx, { reportId: other.id }, [aPhoto("theirs")]));
    await fetchPhotos(deps, going);
    expect(await filesOnDisk()).toHaveLength(4);
    const [mine] = await photosOf(store);
    await store.db.transaction((tx) => removePhotos(tx, [mine?.id ?? 0]));
    // Only what is committed is removed from the disk.
    expect(await filesOnDisk()).toHaveLength(4);
    await fetchPhotos(deps, going);
    const left = await listOwnCopies(store.db, { reportId: other.id });
    const [theirs] = left.map((copy) => (copy.state === "stored" ? copy.storedAs : ""));
    expect((await filesOnDisk()).toSorted()).toEqual([largeOf(theirs ?? ""), thumbnailOf(theirs ?? "")].toSorted());
    expect(await store.db.select().from(photoLeftovers)).toEqual([]);
  });

  test("stay where they are when the erasing is not committed", async () => {
    const { deps, hold, filesOnDisk } = await aDarkroom(store);
    hold("one", await aPicture(1));
    await add("one");
    await fetchPhotos(deps, going);
    const [photo] = await photosOf(store);
    const undone = store.db.transaction(async (tx) => {
      await removePhotos(tx, [photo?.id ?? 0]);
      throw new Error("the rest failed");
    });
    await expect(undone).rejects.toThrow("the rest failed");
    await fetchPhotos(deps, going);
    expect(await filesOnDisk()).toHaveLength(2);
  });

  test("erased while they are fetched leave no file", async () => {
    const { deps, hold, filesOnDisk } = await aDarkroom(store);
    hold("one", async () => {
      const [photo] = await photosOf(store);
      await store.db.transaction((tx) => removePhotos(tx, [photo?.id ?? 0]));
      return { ok: true, bytes: await aPicture(1) };
    });
    await add("one");
    await fetchPhotos(deps, going);
    expect(await filesOnDisk()).toEqual([]);
  });

  test("of a repaired report take the place of the old ones", async () => {
    const { deps, hold, filesOnDisk } = await aDarkroom(store);
    for (const [seed, fileId] of ["one", "two", "three"].entries()) hold(fileId, await aPicture(seed));
    await add("one", "two");
    await fetchPhotos(deps, going);
    await store.db.transaction((tx) => replaceReportPhotos(tx, report.id, [aPhoto("two"), aPhoto("three")]));
    await fetchPhotos(deps, going);
    expect((await photosOf(store)).map(({ fileId, position }) => [position, fileId])).toEqual([
      [0, "two"],
      [1, "three"],
    ]);
    expect(await filesOnDisk()).toHaveLength(4);
  });
});

test("files that no photo has are removed when they are older than a day, others stay", async () => {
  const store = await freshStore("postgres");
  try {
    const { deps, dir, hold, filesOnDisk } = await aDarkroom(store);
    const report = await aReport(store.db, await aResident(store.db));
    hold("one", await aPicture(1));
    await store.db.transaction((tx) => addPhotos(tx, { reportId: report.id }, [aPhoto("one")]));
    await fetchPhotos(deps, going);
    const kept = await filesOnDisk();
    const orphan = largeOf("00".repeat(32));
    await deps.files.save(orphan, Buffer.from("left by a crash"));
    const { mtime } = await stat(`${dir}/00/${orphan}`);
    // Sixteen nights see every part of the store.
    const nights = (from: Date) => Array.from({ length: 16 }, (_, night) => hoursAfter(from, night * 24));
    for (const night of nights(hoursAfter(mtime, -16 * 24))) await keepPhotoFiles(deps, night);
    expect((await filesOnDisk()).toSorted()).toEqual([...kept, orphan].toSorted());
    for (const night of nights(hoursAfter(mtime, 25))) await keepPhotoFiles(deps, night);
    expect((await filesOnDisk()).toSorted()).toEqual(kept.toSorted());
  } finally {
    await store.close();
  }
});

test("two processes never fetch one photo at the same time", async () => {
  const store = await freshStore("postgres");
  try {
    const { deps, hold, asked, wire } = await aDarkroom(store);
    const report = await aReport(store.db, await aResident(store.db));
    const told = Array.from({ length: 8 }, (_, at) => aPhoto(`photo ${at}`));
    for (const { fileId } of told) hold(fileId, retry);
    await store.db.transaction((tx) => addPhotos(tx, { reportId: report.id }, told));
    await Promise.all(Array.from({ length: 4 }, () => fetchPhotos(deps, going)));
    expect(asked.toSorted()).toEqual(told.map(({ fileId }) => fileId));
    const claims = await Promise.all(
      Array.from({ length: 4 }, () =>
        claimDuePhotos(store.db, hoursAfter(wire.now(), 1), hoursAfter(wire.now(), 2), 3),
      ),
    );
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  } finally {
    await store.close();
  }
});
