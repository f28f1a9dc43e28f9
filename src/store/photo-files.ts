/** The store of photos on a disk; processes that share the work share the folder. */
import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { PhotoFiles } from "../report/photo.ts";
import { isPhotoName, mustBePhotoName } from "./photo-name.ts";

/** Opens the folder, which is made when the first photo comes. Files stand in `SHELVES` folders named by the first two digits. */
export const openPhotoFiles = (dir: string): PhotoFiles => {
  const shelfOf = (name: string): string => join(dir, mustBePhotoName(name).slice(0, 2));
  return {
    save: async (name, bytes) => {
      const shelf = shelfOf(name);
      const path = join(shelf, name);
      if (await isThere(path)) return;
      await mkdir(shelf, { recursive: true });
      const unfinished = join(shelf, `${randomUUID()}${UNFINISHED}`);
      const file = await open(unfinished, "wx", 0o640);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
      await syncFolder(shelf);
    },
    read: (name) => readFile(join(shelfOf(name), name)).catch(nullIfMissing),
    remove: (name) => rm(join(shelfOf(name), name), { force: true }),
    listOld: async (shelf, before) => {
      const folder = join(dir, shelf.toString(16).padStart(2, "0"));
      const names = (await readdir(folder).catch(nullIfMissing)) ?? [];
      const old: string[] = [];
      for (const name of names) {
        const path = join(folder, name);
        const found = await stat(path).catch(nullIfMissing);
        if (found === null || found.mtime >= before) continue;
        // A process that died while it wrote.
        if (name.endsWith(UNFINISHED)) await rm(path, { force: true });
        else if (isPhotoName(name)) old.push(name);
      }
      return old;
    },
  };
};

const UNFINISHED = ".part";

/** A renamed file is there after a power cut only once its folder is written, too; Windows knows no such thing. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return;
  const opened = await open(folder, "r");
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
};

const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(nullIfMissing)) !== null;

const nullIfMissing = (error: unknown): null => {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
};
