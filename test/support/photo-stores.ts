/** Both stores of photos, each fresh: a folder, and a bucket of an S3 server that really runs. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { onTestFinished } from "vitest";
import type { PhotoFiles } from "../../src/report/photo.ts";
import { openPhotoBucket, type Bucket } from "../../src/store/photo-bucket.ts";
import { openPhotoFiles } from "../../src/store/photo-files.ts";

/** A folder that is gone after the test. */
export const aFolder = async (): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), "otklik-files-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
};

/** A port nobody listens on at this moment. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

/** An S3 server with one bucket, stopped after the test if not before. */
export const anS3Server = async (): Promise<{ bucket: Bucket; stop: () => Promise<void> }> => {
  const port = await freePort();
  const server = new S3rver({
    port,
    address: "127.0.0.1",
    silent: true,
    directory: await aFolder(),
    configureBuckets: [{ name: "photos", configs: [] }],
  });
  await server.run();
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= server.close());
  onTestFinished(stop);
  const keys = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
  return { bucket: { endpoint: `http://127.0.0.1:${port}`, region: "us-east-1", bucket: "photos", ...keys }, stop };
};

/** The two stores of the contract tests. */
export const PHOTO_STORES: { name: string; open: () => Promise<PhotoFiles> }[] = [
  { name: "a folder", open: async () => openPhotoFiles(join(await aFolder(), "photos")) },
  { name: "an S3 bucket", open: async () => openPhotoBucket((await anS3Server()).bucket) },
];
