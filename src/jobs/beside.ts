import sharp from "sharp";
import { largeOf, type DrawPair, type PhotoFiles } from "../report/photo.ts";

const HEIGHT = 1024;
const MAX_WIDTH = 1536;
const GAP = 16;

/** Draws pairs out of the stored photos. */
export const createDrawPair =
  (files: PhotoFiles): DrawPair =>
  async ({ before, after }) => {
    const [left, right] = [await files.read(largeOf(before)), await files.read(largeOf(after))];
    return left === null || right === null ? null : besideEachOther(left, right);
  };

/**
 * One JPEG with the picture from before on the left and the one from after on the right, equally high; of two JPEGs as we store them.
 * Neither is cropped, so that nothing at an edge is hidden.
 */
export const besideEachOther = async (before: Uint8Array, after: Uint8Array): Promise<Uint8Array> => {
  const [left, right] = [await scaled(before), await scaled(after)];
  return sharp({
    create: {
      width: left.info.width + GAP + right.info.width,
      height: Math.max(left.info.height, right.info.height),
      channels: 3,
      background: "#ffffff",
    },
  })
    .composite([
      { input: left.data, raw: left.info, left: 0, top: middle(left.info.height, right.info.height) },
      {
        input: right.data,
        raw: right.info,
        left: left.info.width + GAP,
        top: middle(right.info.height, left.info.height),
      },
    ])
    .jpeg({ quality: 82 })
    .toBuffer();
};

/** As high as the other, but for panoramas, which are as wide as may be. */
const scaled = (jpeg: Uint8Array) =>
  sharp(jpeg)
    .resize({ width: MAX_WIDTH, height: HEIGHT, fit: "inside" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });

const middle = (own: number, other: number): number => Math.max(0, Math.round((other - own) / 2));
