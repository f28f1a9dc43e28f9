import { createHash, randomUUID } from "node:crypto";
import { largeOf, thumbnailOf, type PhotoFiles } from "../../src/report/photo.ts";
import type { Db } from "../../src/store/open.ts";
import { photos } from "../../src/store/schema/photos.ts";
import { aJpeg } from "./pictures.ts";

/** A store of photos that lives as long as its test. */
export const inMemoryPhotos = (): PhotoFiles => {
  const files = new Map<string, Uint8Array>();
  return {
    save: async (name, bytes) => void files.set(name, files.get(name) ?? bytes),
    read: async (name) => files.get(name) ?? null,
    remove: async (name) => void files.delete(name),
    listOld: async () => [],
  };
};

/** A photo that was fetched and stored; what it is stored as. */
export const aStoredPhoto = async (
  db: Db,
  files: PhotoFiles,
  { colour = "#7a8b99", ...row }: Partial<typeof photos.$inferInsert> & { reportId: number; colour?: string },
): Promise<string> => {
  const storedAs = createHash("sha256").update(randomUUID()).digest("hex");
  await files.save(largeOf(storedAs), await aJpeg(800, 600, colour));
  await files.save(thumbnailOf(storedAs), await aJpeg(320, 240, colour));
  const told = { fileId: `file-${storedAs}`, fileUniqueId: storedAs, isDocument: false, nextTickAt: null };
  await db.insert(photos).values({ position: 0, ...told, storedAs, ...row });
  return storedAs;
};
