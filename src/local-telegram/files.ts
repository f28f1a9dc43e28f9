import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PhotoSize } from "grammy/types";
import { mimeOf } from "./mime.ts";
import { renderPhoto } from "./photo-sizes.ts";
import { badRequest } from "./refusal.ts";
import type { Fact, FileKind, State, StoredFile } from "./state.ts";

/** What came with a request or from the page; nothing is known of it but what the sender claims. */
export type Upload = { name: string; mime?: string; bytes: Uint8Array };

/** The files folder: content on disk, everything else about a file in the journal. */
export type FileStore = {
  save: (kind: FileKind, upload: Upload) => Promise<StoredFile>;
  /** A photo in all its sizes, smallest first. */
  savePhoto: (upload: Upload) => Promise<StoredFile[]>;
  find: (fileId: string) => StoredFile | undefined;
  /** All sizes of the photo that one size belongs to. */
  sizesOf: (file: StoredFile) => StoredFile[];
  findByPath: (path: string) => StoredFile | undefined;
  read: (file: StoredFile) => Promise<Uint8Array<ArrayBuffer>>;
};

const folders: Record<FileKind, string> = {
  photo: "photos",
  document: "documents",
  voice: "voice",
  sticker: "stickers",
  video: "videos",
};

const extension = (name: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? "";

/** Keeps content under `<dir>/files`; a file is on the disk before its fact is in the journal. */
export const createFileStore = (dir: string, state: State, record: (...facts: Fact[]) => void): FileStore => {
  let count = state.files.size;

  const write = async (kind: FileKind, bytes: Uint8Array, suffix: string): Promise<StoredFile> => {
    count += 1;
    const path = `${folders[kind]}/file_${count}${suffix}`;
    await mkdir(join(dir, "files", dirname(path)), { recursive: true });
    await writeFile(join(dir, "files", path), bytes);
    const uniqueId = `AQAD${randomBytes(9).toString("base64url")}`;
    const fileId = `AgAC${randomBytes(36).toString("base64url")}${uniqueId}`;
    return { fileId, uniqueId, kind, path, bytes: bytes.length };
  };

  const find = (fileId: string): StoredFile | undefined => state.files.get(fileId);

  return {
    save: async (kind, upload) => {
      const written = await write(kind, upload.bytes, extension(upload.name));
      const file: StoredFile = { ...written, name: upload.name, mime: mimeOf(upload.name, upload.mime) };
      record({ fact: "file", file });
      return file;
    },
    savePhoto: async (upload) => {
      const renditions = await renderPhoto(upload.bytes);
      const written = await Promise.all(
        renditions.map(async ({ bytes, width, height }) => ({
          ...(await write("photo", bytes, ".jpg")),
          width,
          height,
        })),
      );
      const sizes = written.map((file) => file.fileId);
      const files = written.map((file): StoredFile => ({ ...file, mime: "image/jpeg", sizes }));
      record(...files.map((file): Fact => ({ fact: "file", file })));
      return files;
    },
    find,
    sizesOf: (file) => (file.sizes ?? []).map((id) => find(id)).filter((size) => size !== undefined),
    findByPath: (path) => [...state.files.values()].find((file) => file.path === path),
    read: async (file) => readFile(join(dir, "files", file.path)),
  };
};

/** The Bot API's view of a photo's size. */
export const toPhotoSize = (file: StoredFile): PhotoSize => ({
  file_id: file.fileId,
  file_unique_id: file.uniqueId,
  file_size: file.bytes,
  width: file.width ?? 0,
  height: file.height ?? 0,
});

const kindNames: Record<FileKind, string> = {
  photo: "Photo",
  document: "Document",
  voice: "VoiceNote",
  sticker: "Sticker",
  video: "Video",
};

/** The stored file an id names, if it may be sent as `kind`; refused in Telegram's words otherwise. */
export const getFileAs = (files: FileStore, fileId: string, kind: FileKind): StoredFile => {
  const file = files.find(fileId);
  if (!file) throw badRequest("wrong file identifier/HTTP URL specified");
  if (file.kind !== kind) throw badRequest(`can't use file of type ${kindNames[file.kind]} as ${kindNames[kind]}`);
  return file;
};
