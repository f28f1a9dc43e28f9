import { expect, test } from "vitest";
import { boxAround, metersBetween } from "../../../src/city/geometry.ts";

test.each([
  ["in Moscow", 55.73],
  ["at the equator", 0],
  ["far south", -70],
])("a box reaches as many meters to each side: %s", (_, lat) => {
  const middle = { lat, lon: 37.42 };
  const { south, north, west, east } = boxAround(middle, 500);
  for (const side of [
    { ...middle, lat: south },
    { ...middle, lat: north },
    { ...middle, lon: west },
    { ...middle, lon: east },
  ]) {
    expect(metersBetween(middle, side)).toBeCloseTo(500, 6);
  }
});

test("around a pole it goes round the Earth, and no further", () => {
  const { west, east } = boxAround({ lat: 90, lon: 0 }, 500);
  expect([west, east]).toEqual([-360, 360]);
});
