import sharp from "sharp";

/** A plain JPEG of this size in pixels. */
export const aJpeg = (width = 1600, height = 1200, background = "#7a8b99"): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
