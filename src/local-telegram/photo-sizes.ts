import sharp from "sharp";
import { badRequest } from "./refusal.ts";

/** One rendition of a photo, a JPEG without metadata. Pixels. */
export type PhotoRendition = { bytes: Uint8Array; width: number; height: number };

/** Longest sides Telegram keeps of a photo (its types s, m and y); a smaller original ends the list. */
const longestSides = [90, 320, 1280];

/**
 * Makes a picture a Telegram photo: turned upright, metadata gone, re-encoded in up to three sizes, smallest first.
 * Refuses with Telegram's words what is not a picture, or out of proportion.
 */
export const renderPhoto = async (bytes: Uint8Array): Promise<PhotoRendition[]> => {
  const original = await sharp(bytes)
    .autoOrient()
    .flatten({ background: "#ffffff" })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw badRequest("IMAGE_PROCESS_FAILED");
    });
  const { width, height } = original.info;
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
    throw badRequest("PHOTO_INVALID_DIMENSIONS");
  }
  const longest = Math.max(width, height);
  const firstCovering = longestSides.findIndex((side) => side >= longest);
  const wanted = firstCovering === -1 ? longestSides : longestSides.slice(0, firstCovering + 1);
  return Promise.all(
    wanted.map(async (side) => {
      const rendition = await sharp(original.data)
        .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
        .jpeg({ quality: 87 })
        .toBuffer({ resolveWithObject: true });
      return { bytes: rendition.data, width: rendition.info.width, height: rendition.info.height };
    }),
  );
};
