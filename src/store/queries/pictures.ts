import { photos } from "../schema/photos.ts";

/** A picture as cards send it: as Telegram holds it (`document` is an image sent as a file), or our own copy of one from the web. */
export type StoredPicture = { fileId: string; kind: "photo" | "document" } | { storedAs: string; kind: "own" };

/** What of a photo's row `toPictures` reads. */
export const pictureColumns = { fileId: photos.fileId, isDocument: photos.isDocument, storedAs: photos.storedAs };

type Row = { fileId: string | null; isDocument: boolean; storedAs: string | null };

/** The pictures of these rows in their order; without those from the web that are still to be fetched, for there is nothing to send yet. */
export const toPictures = (rows: readonly Row[]): StoredPicture[] =>
  rows.flatMap(({ fileId, isDocument, storedAs }): StoredPicture[] => {
    if (fileId !== null) return [{ fileId, kind: isDocument ? "document" : "photo" }];
    return storedAs === null ? [] : [{ storedAs, kind: "own" }];
  });
