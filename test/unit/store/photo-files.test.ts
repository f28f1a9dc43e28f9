/** What only a folder of photos has to see to; what every store does stands in photo-stores.test.ts. */
import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { largeOf } from "../../../src/report/photo.ts";
import { openPhotoFiles } from "../../../src/store/photo-files.ts";
import { aFolder } from "../../support/photo-stores.ts";

const NAME = largeOf("a1".repeat(32));

test("what a crash left unfinished is cleared away, and only that", async () => {
  const dir = await aFolder();
  const files = openPhotoFiles(dir);
  await files.save(NAME, new TextEncoder().encode("picture"));
  const unfinished = join(dir, "a1", "crash.part");
  await writeFile(unfinished, "half");
  await utimes(unfinished, new Date(0), new Date(0));
  expect(await files.listOld(0xa1, new Date(Date.now() - 3_600_000))).toEqual([]);
  expect(await readdir(join(dir, "a1"))).toEqual([NAME]);
});

test("several writers at once leave nothing unfinished behind", async () => {
  const dir = await aFolder();
  const files = openPhotoFiles(dir);
  const large = new Uint8Array(1_000_000);
  await Promise.all(Array.from({ length: 8 }, () => files.save(NAME, large)));
  expect(await readdir(join(dir, "a1"))).toEqual([NAME]);
});
