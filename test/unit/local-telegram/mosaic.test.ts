import fc from "fast-check";
import { expect, test } from "vitest";
import { mosaic } from "../../../src/local-telegram/page/mosaic.ts";

const shapes = fc.array(fc.double({ min: 0.2, max: 4, noNaN: true }), { minLength: 1, maxLength: 10 });
const slack = 1e-6;

test("every album fills its rectangle exactly, without overlaps", () => {
  fc.assert(
    fc.property(shapes, (ratios) => {
      const { ratio, tiles } = mosaic(ratios);
      expect(tiles).toHaveLength(ratios.length);
      expect(ratio).toBeGreaterThan(0);
      const area = tiles.reduce((sum, tile) => sum + tile.width * tile.height, 0);
      expect(area).toBeCloseTo(10_000, 3);
      tiles.forEach((a, index) => {
        expect(Math.min(a.x, a.y)).toBeGreaterThanOrEqual(-slack);
        expect(Math.max(a.x + a.width, a.y + a.height)).toBeLessThanOrEqual(100 + slack);
        for (const b of tiles.slice(index + 1)) {
          const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
          const tall = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
          expect(Math.min(wide, tall)).toBeLessThanOrEqual(slack);
        }
      });
    }),
  );
});

test("an upright first photo stands beside the others, a wide one above them", () => {
  expect(mosaic([0.75, 1.3, 1.3]).tiles[0]).toMatchObject({ x: 0, y: 0, height: 100 });
  expect(mosaic([1.4, 1.3, 1.3]).tiles[0]).toMatchObject({ x: 0, y: 0, width: 100 });
});
