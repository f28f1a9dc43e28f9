/** Pixels of pictures that are compared: any window of them, at any size. */

/** Greyscale pixels, 0 to 255, row by row; a picture of any proportions squeezed into a square of this side. */
export type Grey = { side: number; pixels: Uint8Array };

/** The side, in pixels, in which pictures are compared. */
export const GREY_SIDE = 96;

/** The part of a picture between these edges, in fractions of its sides. */
export type Window = { left: number; top: number; right: number; bottom: number };
/** All of it. */
export const WHOLE: Window = { left: 0, top: 0, right: 1, bottom: 1 };

/** Sums over every rectangle that begins in the corner, so that the mean of any rectangle takes four look-ups. */
export type Sums = { side: number; sums: Float64Array };

/** The sums of a picture. */
export const toSums = ({ side, pixels }: Grey): Sums => {
  const width = side + 1;
  const sums = new Float64Array(width * width);
  for (let y = 0; y < side; y += 1) {
    let row = 0;
    for (let x = 0; x < side; x += 1) {
      row += pixels[y * side + x] ?? 0;
      sums[(y + 1) * width + x + 1] = (sums[y * width + x + 1] ?? 0) + row;
    }
  }
  return { side, sums };
};

/** The window in `side` × `side` pixels, each the mean of what it covers. */
export const resample = (of: Sums, window: Window, side: number): Float64Array => {
  const corners = cornerSums(of, window, side);
  const width = side + 1;
  const area = ((window.right - window.left) * (window.bottom - window.top) * of.side ** 2) / side ** 2;
  const pixels = new Float64Array(side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const at = y * width + x;
      const inside = (corners[at + width + 1] ?? 0) - (corners[at + width] ?? 0);
      const above = (corners[at + 1] ?? 0) - (corners[at] ?? 0);
      pixels[y * side + x] = (inside - above) / area;
    }
  }
  return pixels;
};

/** The sums at the corners of the new pixels, which lie between the old ones. */
const cornerSums = ({ side, sums }: Sums, window: Window, into: number): Float64Array => {
  const width = into + 1;
  const corners = new Float64Array(width * width);
  for (let line = 0; line < width; line += 1) {
    const y = (window.top + ((window.bottom - window.top) * line) / into) * side;
    const row = Math.min(Math.floor(y), side - 1);
    for (let column = 0; column < width; column += 1) {
      const x = (window.left + ((window.right - window.left) * column) / into) * side;
      const left = Math.min(Math.floor(x), side - 1);
      const at = row * (side + 1) + left;
      const upper = between(sums[at] ?? 0, sums[at + 1] ?? 0, x - left);
      const lower = between(sums[at + side + 1] ?? 0, sums[at + side + 2] ?? 0, x - left);
      corners[line * width + column] = between(upper, lower, y - row);
    }
  }
  return corners;
};

const between = (from: number, to: number, share: number): number => from + (to - from) * share;

/** The mean of the values. */
export const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Their standard deviation. */
export const spreadOf = (values: Float64Array): number => {
  const middle = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
};
