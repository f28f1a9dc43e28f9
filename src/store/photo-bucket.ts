/** The store of photos in any S3-compatible storage, for a program that runs on several machines without a common folder. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { PhotoFiles } from "../report/photo.ts";
import { isPhotoName, mustBePhotoName } from "./photo-name.ts";

/** Where the storage is and how it lets us in. */
export type Bucket = {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** A storage that does not answer must not hold a page or the fetching job for long; the job comes again by itself. */
const CONNECT_MS = 3_000;
const ANSWER_MS = 20_000;

/** Opens the bucket, which somebody has made. Keys are the files' names, which are hashes, so their first digits are the shelf. */
export const openPhotoBucket = ({ endpoint, region, bucket, ...credentials }: Bucket): PhotoFiles => {
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    // Names of buckets as hosts need DNS and certificates that storages of one's own seldom have.
    forcePathStyle: true,
    // Amazon's newer checksums are refused by older storages of other makers; TLS and the names keep the bytes.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 2,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS },
  });
  const object = (name: string) => ({ Bucket: bucket, Key: mustBePhotoName(name) });
  const isThere = async (name: string): Promise<boolean> =>
    (await client.send(new HeadObjectCommand(object(name))).catch(nullIfMissing)) !== null;
  return {
    // An object appears whole or not at all.
    save: async (name, bytes) => {
      if (await isThere(name)) return;
      await client.send(new PutObjectCommand({ ...object(name), Body: bytes, ContentType: "image/jpeg" }));
    },
    read: async (name) => {
      const found = await client.send(new GetObjectCommand(object(name))).catch(nullIfMissing);
      return (await found?.Body?.transformToByteArray()) ?? null;
    },
    remove: async (name) => {
      await client.send(new DeleteObjectCommand(object(name)));
    },
    listOld: async (shelf, before) => {
      const old: string[] = [];
      let more: string | undefined;
      do {
        const Prefix = shelf.toString(16).padStart(2, "0");
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, ContinuationToken: more }));
        for (const { Key, LastModified } of page.Contents ?? []) {
          // The bucket may hold other things; only photos are ours to list.
          if (Key === undefined || LastModified === undefined || LastModified >= before) continue;
          if (isPhotoName(Key)) old.push(Key);
        }
        more = page.NextContinuationToken;
      } while (more !== undefined);
      return old;
    },
  };
};

/** A bucket that is missing is not taken for a missing photo where the storage says which: that would look like lost pictures. */
const nullIfMissing = (error: unknown): null => {
  if (error instanceof S3ServiceException && (error.name === "NoSuchKey" || error.name === "NotFound")) return null;
  throw error;
};
