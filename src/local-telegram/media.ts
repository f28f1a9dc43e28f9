import { getFileAs, toPhotoSize } from "./files.ts";
import type { FileStore, Upload } from "./files.ts";
import type { Content } from "./messages.ts";
import { badRequest } from "./refusal.ts";
import type { StoredFile } from "./state.ts";

const maxPhotoBytes = 10_000_000;
const maxDocumentBytes = 50_000_000;

/** A file parameter: what it uploads, or the id it names. */
const readFileParam = (
  given: string | undefined,
  field: string,
  uploads: Map<string, Upload>,
): { upload: Upload } | { fileId: string } => {
  const name = given === undefined ? field : /^attach:\/\/(.+)$/.exec(given)?.[1];
  const upload = name === undefined ? undefined : uploads.get(name);
  if (upload && upload.bytes.length === 0) throw badRequest("file must be non-empty");
  if (upload) return { upload };
  if (given === undefined || given === "") throw badRequest(`there is no ${field} in the request`);
  // A messenger on one's own machine fetches nothing from elsewhere, so an address never leads to a picture.
  if (/^https?:\/\//i.test(given)) throw badRequest("failed to get HTTP URL content");
  return { fileId: given };
};

/** The photo in all its sizes, as a message holds it. */
export const toPhoto = (sizes: readonly StoredFile[]): Content => ({ photo: sizes.map(toPhotoSize) });

/** The file as a message holds it. */
export const toDocument = (file: StoredFile): Content => ({
  document: {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.bytes,
    ...(file.name ? { file_name: file.name } : {}),
    ...(file.mime ? { mime_type: file.mime } : {}),
  },
});

/** A photo uploaded under `field`, attached, or named by an id of any of its sizes. */
export const toPhotoContent = async (
  files: FileStore,
  given: string | undefined,
  field: string,
  uploads: Map<string, Upload>,
): Promise<Content> => {
  const source = readFileParam(given, field, uploads);
  if ("fileId" in source) return toPhoto(files.sizesOf(getFileAs(files, source.fileId, "photo")));
  // The limit is the bot's alone: people's apps shrink a photo before they send it.
  if (source.upload.bytes.length > maxPhotoBytes) throw badRequest("file is too big");
  return toPhoto(await files.savePhoto(source.upload));
};

/** A file uploaded under `field`, attached, or named by its id. */
export const toDocumentContent = async (
  files: FileStore,
  given: string | undefined,
  field: string,
  uploads: Map<string, Upload>,
): Promise<Content> => {
  const source = readFileParam(given, field, uploads);
  if ("fileId" in source) return toDocument(getFileAs(files, source.fileId, "document"));
  if (source.upload.bytes.length > maxDocumentBytes) throw badRequest("file is too big");
  return toDocument(await files.save("document", source.upload));
};
