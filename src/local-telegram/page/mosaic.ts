/** Places the photos of an album into one rectangle, the way Telegram's clients do it. */

/** A photo's place, in percent of the rectangle's width and height. */
export type Tile = { x: number; y: number; width: number; height: number };

/** The rectangle's own shape, width ÷ height, and where each photo goes, in the given order. */
export type Mosaic = { ratio: number; tiles: Tile[] };

const bounded = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** How many photos stand in each row, so that rows are even and none holds more than three. */
const rowSizes = (count: number): number[] => {
  const rows = Math.ceil(count / 3);
  const least = Math.floor(count / rows);
  const wider = count % rows;
  // The short rows come first: fewer photos in a row are larger, and the first photo carries the caption.
  return Array.from({ length: rows }, (_, row) => (row < rows - wider ? least : least + 1));
};

const inRows = (ratios: readonly number[], sizes: readonly number[]): Mosaic => {
  const rows: { ratios: number[]; height: number }[] = [];
  let next = 0;
  for (const size of sizes) {
    const row = ratios.slice(next, next + size);
    next += size;
    const sum = row.reduce((total, ratio) => total + ratio, 0);
    rows.push({ ratios: row, height: 1 / sum });
  }
  const total = rows.reduce((sum, row) => sum + row.height, 0);
  const tiles: Tile[] = [];
  let y = 0;
  for (const row of rows) {
    const height = (row.height / total) * 100;
    let x = 0;
    for (const ratio of row.ratios) {
      const width = ratio * row.height * 100;
      tiles.push({ x, y, width, height });
      x += width;
    }
    y += height;
  }
  return { ratio: 1 / total, tiles };
};

/** One large photo on the left, the others in a column on the right; used when the first one stands upright. */
const besideFirst = (ratios: readonly number[]): Mosaic => {
  const [first = 1, ...others] = ratios;
  const column = others.reduce((sum, ratio) => sum + 1 / ratio, 0);
  const ratio = first + 1 / column;
  const left = (first / ratio) * 100;
  const tiles: Tile[] = [{ x: 0, y: 0, width: left, height: 100 }];
  let y = 0;
  for (const other of others) {
    const height = (1 / other / column) * 100;
    tiles.push({ x: left, y, width: 100 - left, height });
    y += height;
  }
  return { ratio, tiles };
};

/** The mosaic of one to ten photos with the given shapes (width ÷ height). */
export const mosaic = (shapes: readonly number[]): Mosaic => {
  const ratios = shapes.map((shape) => bounded(shape, 0.66, 1.9));
  const [first = 1] = ratios;
  if (ratios.length === 1) return { ratio: first, tiles: [{ x: 0, y: 0, width: 100, height: 100 }] };
  if (ratios.length <= 2) return inRows(ratios, first > 1.5 ? [1, 1] : [2]);
  if (ratios.length <= 4) return first < 1.1 ? besideFirst(ratios) : inRows(ratios, [1, ratios.length - 1]);
  return inRows(ratios, rowSizes(ratios.length));
};
