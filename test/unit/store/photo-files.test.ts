import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { largeOf, type PhotoFiles } from "../../../src/report/photo.ts";
import { openPhotoFiles } from "../../../src/store/photo-files.ts";

let dir: string;
let files: PhotoFiles;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "otklik-files-"));
  files = openPhotoFiles(join(dir, "photos"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
});

const NAME = largeOf("a1".repeat(32));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const inAYear = new Date(Date.now() + 365 * 24 * 3_600_000);

test("what was saved is read again until it is removed", async () => {
  expect(await files.read(NAME)).toBeNull();
  await files.save(NAME, bytes("picture"));
  expect(Buffer.from((await files.read(NAME)) ?? []).toString()).toBe("picture");
  await files.remove(NAME);
  await files.remove(NAME);
  expect(await files.read(NAME)).toBeNull();
});

test("saving one file many times at once leaves one whole file", async () => {
  const large = "x".repeat(1_000_000);
  await Promise.all(Array.from({ length: 8 }, () => files.save(NAME, bytes(large))));
  expect(await readdir(join(dir, "photos", "a1"))).toEqual([NAME]);
  expect((await files.read(NAME))?.byteLength).toBe(1_000_000);
});

test.each(["../../settings.env", "/etc/passwd", "a1.jpg", `${"a1".repeat(32)}/../x.jpg`, ""])(
  "a name that is no hash is refused: %s",
  async (name) => {
    await expect(files.save(name, bytes("x"))).rejects.toThrow("Not the name of a photo");
    await expect((async () => files.read(name))()).rejects.toThrow("Not the name of a photo");
    await expect((async () => files.remove(name))()).rejects.toThrow("Not the name of a photo");
  },
);

test("old files are listed shelf by shelf, and what a crash left unfinished is cleared away", async () => {
  expect(await files.listOld(0xa1, inAYear)).toEqual([]);
  await files.save(NAME, bytes("picture"));
  const unfinished = join(dir, "photos", "a1", "crash.part");
  await writeFile(unfinished, "half");
  await utimes(unfinished, new Date(0), new Date(0));
  expect(await files.listOld(0xa1, new Date(Date.now() - 3_600_000))).toEqual([]);
  expect(await readdir(join(dir, "photos", "a1"))).toEqual([NAME]);
  expect(await files.listOld(0xa1, inAYear)).toEqual([NAME]);
  expect(await files.listOld(0xa2, inAYear)).toEqual([]);
});
