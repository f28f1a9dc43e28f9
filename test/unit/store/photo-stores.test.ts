/** What holds for every store of photos, wherever it keeps them. */
import { inspect } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { largeOf, thumbnailOf, type PhotoFiles } from "../../../src/report/photo.ts";
import { openPhotoBucket } from "../../../src/store/photo-bucket.ts";
import { anS3Server, PHOTO_STORES } from "../../support/photo-stores.ts";

const NAME = largeOf("a1".repeat(32));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (read: Uint8Array | null): string | null => read && Buffer.from(read).toString();
const inAYear = (): Date => new Date(Date.now() + 365 * 24 * 3_600_000);
const aYearAgo = (): Date => new Date(Date.now() - 365 * 24 * 3_600_000);

describe.each(PHOTO_STORES)("in $name", ({ open }) => {
  let files: PhotoFiles;
  beforeEach(async () => {
    files = await open();
  });

  test("what was saved is read again until it is removed", async () => {
    expect(await files.read(NAME)).toBeNull();
    await files.save(NAME, bytes("picture"));
    expect(textOf(await files.read(NAME))).toBe("picture");
    await files.remove(NAME);
    await files.remove(NAME);
    expect(await files.read(NAME)).toBeNull();
  });

  test("a file that is there stays as it is", async () => {
    await files.save(NAME, bytes("first"));
    await files.save(NAME, bytes("second"));
    expect(textOf(await files.read(NAME))).toBe("first");
  });

  test("saving one file many times at once leaves one whole file", async () => {
    const large = "x".repeat(1_000_000);
    await Promise.all(Array.from({ length: 8 }, () => files.save(NAME, bytes(large))));
    expect(await files.listOld(0xa1, inAYear())).toEqual([NAME]);
    expect((await files.read(NAME))?.byteLength).toBe(1_000_000);
  });

  test.each(["../../settings.env", "/etc/passwd", "a1.jpg", `${"a1".repeat(32)}/../x.jpg`, ""])(
    "a name that is no hash is refused: %s",
    async (name) => {
      await expect((async () => files.save(name, bytes("x")))()).rejects.toThrow("Not the name of a photo");
      await expect((async () => files.read(name))()).rejects.toThrow("Not the name of a photo");
      await expect((async () => files.remove(name))()).rejects.toThrow("Not the name of a photo");
    },
  );

  test("old files are listed shelf by shelf, younger ones are not", async () => {
    expect(await files.listOld(0x05, inAYear())).toEqual([]);
    const names = [largeOf("05".repeat(32)), thumbnailOf("05".repeat(32))];
    for (const name of [...names, NAME]) await files.save(name, bytes("picture"));
    expect((await files.listOld(0x05, inAYear())).toSorted()).toEqual(names.toSorted());
    expect(await files.listOld(0x05, aYearAgo())).toEqual([]);
    expect(await files.listOld(0xa2, inAYear())).toEqual([]);
  });
});

describe("a bucket that cannot be had is said to be so, and never taken for a missing photo", () => {
  test("when the server is down", async () => {
    const { bucket, stop } = await anS3Server();
    const files = openPhotoBucket(bucket);
    await files.save(NAME, bytes("picture"));
    await stop();
    const refused = { code: "ECONNREFUSED" };
    await expect(files.read(NAME)).rejects.toMatchObject(refused);
    await expect(files.save(NAME, bytes("picture"))).rejects.toMatchObject(refused);
    await expect(files.remove(NAME)).rejects.toMatchObject(refused);
    await expect(files.listOld(0xa1, inAYear())).rejects.toMatchObject(refused);
  });

  test("when it is not there", async () => {
    const { bucket } = await anS3Server();
    const files = openPhotoBucket({ ...bucket, bucket: "elsewhere" });
    await expect(files.read(NAME)).rejects.toMatchObject({ name: "NoSuchBucket" });
    await expect(files.listOld(0xa1, inAYear())).rejects.toMatchObject({ name: "NoSuchBucket" });
  });

  test("when the key is wrong; the error does not repeat it", async () => {
    const { bucket } = await anS3Server();
    const files = openPhotoBucket({ ...bucket, accessKeyId: "somebody-else", secretAccessKey: "wrong-secret-key" });
    const error: unknown = await files.save(NAME, bytes("picture")).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(await files.read(NAME).catch(() => "refused")).toBe("refused");
    expect(inspect(error, { depth: 10 })).not.toContain("wrong-secret-key");
  });
});
