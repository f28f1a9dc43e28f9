/** A file somebody sent becomes our copy of a photo: upright, without metadata, of a sensible size. */
import { createHash } from "node:crypto";
import sharp from "sharp";
import { GREY_SIDE, type Grey } from "../report/grey.ts";
import { likenessOf } from "../report/likeness.ts";
import type { CleanPhoto } from "../report/photo.ts";

/** Our copy: two JPEGs without place, time or camera in them, and the hash by which it is found again. */
export type PreparedPhoto = { large: Uint8Array; thumbnail: Uint8Array; likeness: string | null };

const LARGE_SIDE = 2048;
const THUMBNAIL_SIDE = 320;

/** A small file may unpack to any size; a phone's largest picture has 50 million pixels in its usual mode. */
const MAX_PIXELS = 64_000_000;
const MAX_SECONDS = 20;

/** Prepares a picture; null for what is none, is broken, or is too large to be opened safely. */
export const preparePhoto = async (bytes: Uint8Array): Promise<PreparedPhoto | null> => {
  if (!isPicture(bytes)) return null;
  try {
    const large = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" })
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize({ width: LARGE_SIDE, height: LARGE_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      // sharp keeps no metadata unless asked to; colours are turned into those every screen knows.
      .toColourspace("srgb")
      .jpeg({ quality: 82 })
      .toBuffer();
    const thumbnail = await sharp(large)
      .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 78 })
      .toBuffer();
    return { large, thumbnail, likeness: likenessOf(await toGrey(thumbnail)) };
  } catch {
    // What the decoder says quotes the file; that it cannot be used is all there is to know.
    return null;
  }
};

/** A stored picture as it is compared with others; of a thumbnail or a large one. */
export const toGrey = async (jpeg: Uint8Array): Promise<Grey> => {
  const pixels = await sharp(jpeg).resize(GREY_SIDE, GREY_SIDE, { fit: "fill" }).greyscale().raw().toBuffer();
  return { side: GREY_SIDE, pixels };
};

/** The picture to be passed on instead of a file that tells more than the picture does. */
export const cleanPhoto: CleanPhoto = async (bytes) => (await preparePhoto(bytes))?.large ?? null;

/**
 * What a photo is stored as. It depends on the photo's row, too: two people who send one picture have each their own file, so that
 * erasing one of them never takes the other's.
 */
export const nameOf = (photoId: number, large: Uint8Array): string =>
  createHash("sha256").update(`${photoId}:`).update(large).digest("hex");

/** Formats a camera, a phone or a browser makes, by their first bytes; SVG and PDF are programs rather than pictures. */
const isPicture = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return /^(\xff\xd8\xff|\x89PNG|GIF8|II\*\0|MM\0\*|RIFF....WEBP|....ftyp(avif|avis|mif1|heic|heix))/s.test(head);
};
