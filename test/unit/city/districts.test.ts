import { describe, expect, test } from "vitest";
import { checkDistricts } from "../../../src/city/check-districts.ts";
import { districtOf } from "../../../src/city/districts.ts";
import { mapOf } from "../../../src/city/map.ts";
import type { District, Position } from "../../../src/city/schema.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();

/** A square of `size` degrees with its south-west corner at that place, closed. */
const square = (lon: number, lat: number, size: number): Position[] => [
  [lon, lat],
  [lon + size, lat],
  [lon + size, lat + size],
  [lon, lat + size],
  [lon, lat],
];

const district = (id: string, ...rings: Position[][]): District => ({
  id,
  name: { ru: id },
  geometry: { type: "Polygon", coordinates: rings },
});

describe("the district of a point", () => {
  test.each([
    ["Kuntsevskaya station", 55.7318, 37.442, "kuntsevo"],
    ["Krylatskoye station", 55.7569, 37.408, "krylatskoye"],
    ["Slavyansky Boulevard station", 55.7296, 37.4712, "fili-davydkovo"],
    ["Bagrationovskaya station", 55.7437, 37.4973, "fili-park"],
    ["Studencheskaya station", 55.7388, 37.5486, "dorogomilovo"],
    ["Ramenki station", 55.6975, 37.4989, "ramenki"],
    ["Ozyornaya station", 55.6698, 37.449, "ochakovo"],
    ["the middle of Mozhayskoye Highway", 55.7165, 37.416, "mozhaysky"],
  ])("%s", (_, lat, lon, id) => expect(districtOf(city, { lat, lon })?.id).toBe(id));

  test.each([
    ["Red Square", 55.7539, 37.6208],
    ["swapped coordinates", 37.43, 55.73],
    ["null island", 0, 0],
    ["no number at all", Number.NaN, Number.NaN],
  ])("is none at %s", (_, lat, lon) => expect(districtOf(city, { lat, lon })).toBeNull());

  test("on a common border is the one that comes first, and a hole belongs to nobody", () => {
    const west = district("west", square(37, 55, 0.1), square(37.04, 55.04, 0.02));
    const east = district("east", square(37.1, 55, 0.1));
    expect(districtOf({ districts: [west, east] }, { lat: 55.05, lon: 37.1 })?.id).toBe("west");
    expect(districtOf({ districts: [east, west] }, { lat: 55.05, lon: 37.1 })?.id).toBe("east");
    expect(districtOf({ districts: [west, east] }, { lat: 55.05, lon: 37.05 })).toBeNull();
  });

  test("may lie in any part of a district of several", () => {
    const islands: District = {
      id: "islands",
      name: { ru: "острова" },
      geometry: { type: "MultiPolygon", coordinates: [[square(37, 55, 0.1)], [square(37.5, 55, 0.1)]] },
    };
    expect(districtOf({ districts: [islands] }, { lat: 55.05, lon: 37.55 })?.id).toBe("islands");
    expect(districtOf({ districts: [islands] }, { lat: 55.05, lon: 37.3 })).toBeNull();
  });
});

describe("districts of a file", () => {
  const west = district("west", square(37, 55, 0.1));

  test("may touch", () => {
    expect(checkDistricts([west, district("east", square(37.1, 55, 0.1))])).toEqual([]);
  });

  test("may miss each other's border by a few meters, as simplified ones do", () => {
    expect(checkDistricts([west, district("east", square(37.0998, 55, 0.1))])).toEqual([]);
  });

  test.each([
    ["partly", square(37.09, 55.05, 0.1)],
    ["altogether", square(37, 55, 0.1)],
    ["one within the other", square(37.04, 55.04, 0.02)],
    ["one around the other", square(36.9, 54.9, 0.4)],
  ])("may not overlap %s", (_, ring) => {
    expect(checkDistricts([west, district("other", ring)])).toEqual([
      {
        file: "districts.geojson",
        path: "features[1].geometry",
        message: "other overlaps with west by more than 30 m",
      },
    ]);
  });

  test("may lie in each other's holes", () => {
    const around = district("around", square(36.9, 54.9, 0.4), square(37, 55, 0.1));
    expect(checkDistricts([west, around])).toEqual([]);
  });

  test("must have rings that close", () => {
    const open = district("open", square(37.2, 55, 0.1).slice(0, 4));
    expect(checkDistricts([west, open])).toEqual([
      { file: "districts.geojson", path: "features[1].geometry", message: "a ring does not end where it starts" },
    ]);
  });
});

test("the map shows every district and street in the reader's language, around the middle of the city", () => {
  const map = mapOf(city, "en");
  expect(map.districts.map(({ name }) => name)).toContain("Ramenki");
  expect(map.streets).toHaveLength(city.streets.length);
  const [lon, lat] = map.center;
  expect(districtOf(city, { lat, lon })).not.toBeNull();
  expect(mapOf(city, "fr").districts.map(({ name }) => name)).toContain("Раменки");
});
