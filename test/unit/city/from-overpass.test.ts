import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findAddresses } from "../../../src/city/addresses.ts";
import { runCityCommand } from "../../../src/city/check.ts";
import { toAddresses } from "../../../src/city/from-overpass.ts";
import { loadCity } from "../../../src/city/load-city.ts";

const answer = {
  version: 0.6,
  generator: "Overpass API",
  elements: [
    {
      type: "way",
      id: 1,
      tags: { highway: "residential", name: "Лесная улица", "name:en": "Lesnaya Street" },
      geometry: [
        { lat: 55.05, lon: 37.01 },
        { lat: 55.05, lon: 37.02 },
      ],
    },
    {
      type: "way",
      id: 2,
      tags: { highway: "residential", name: "Лесная улица", "name:en": "Lesnaya Street" },
      geometry: [
        { lat: 55.05, lon: 37.02 },
        { lat: 55.05, lon: 37.03 },
        { lat: 55.0512345678, lon: 37.04 },
      ],
    },
    {
      type: "way",
      id: 3,
      tags: { highway: "service" },
      geometry: [
        { lat: 55, lon: 37 },
        { lat: 55, lon: 37.1 },
      ],
    },
    {
      type: "way",
      id: 4,
      tags: { building: "yes", "addr:street": "Лесная улица", "addr:housenumber": "12 к2" },
      center: { lat: 55.0501, lon: 37.02 },
    },
    {
      type: "node",
      id: 5,
      lat: 55.0502,
      lon: 37.021,
      tags: { "addr:street": "Лесная улица", "addr:housenumber": "14" },
    },
    {
      type: "node",
      id: 6,
      lat: 55.0503,
      lon: 37.022,
      tags: { "addr:street": "Лесная улица", "addr:housenumber": "вл16" },
    },
    {
      type: "node",
      id: 7,
      lat: 55.0503,
      lon: 37.022,
      tags: { "addr:street": "Улица без дороги", "addr:housenumber": "1" },
    },
    { type: "relation", id: 8 },
  ],
};

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "overpass-"));
  await cp("test/unit/city/small-city", dir, { recursive: true });
});
afterAll(() => rm(dir, { recursive: true }));

const run = async (...args: string[]) => {
  const printed: string[] = [];
  return {
    exitCode: await runCityCommand(args, new Date("2026-05-01"), (line) => printed.push(line)),
    text: printed.join("\n"),
  };
};

test("a street takes its longest way and its houses, in every locale", () => {
  expect(toAddresses(answer, ["ru", "en", "fr"])).toEqual({
    streets: [
      {
        name: { ru: "Лесная улица", en: "Lesnaya Street", fr: "Лесная улица" },
        line: [
          [55.05, 37.02],
          [55.05, 37.03],
          [55.05123, 37.04],
        ],
        houses: { "12 к2": [55.0501, 37.02], "14": [55.0502, 37.021] },
      },
    ],
  });
});

test("what the command prints is an addresses.yaml that loads and finds its houses", async () => {
  await writeFile(join(dir, "overpass.json"), JSON.stringify(answer));
  const { exitCode, text } = await run("addresses", join(dir, "overpass.json"), "ru,en");
  expect(exitCode).toBe(0);
  await writeFile(join(dir, "addresses.yaml"), text);
  const loaded = await loadCity(dir);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  expect(findAddresses(loaded.city, "лесная 12 корпус 2")).toMatchObject([
    { address: "Лесная улица, 12 к2", districtId: "west", precision: "house" },
  ]);
});

test("a file that is no Overpass answer is refused by name", async () => {
  await writeFile(join(dir, "else.json"), '{ "features": [] }');
  const { exitCode, text } = await run("addresses", join(dir, "else.json"), "ru");
  expect(exitCode).toBe(1);
  expect(text).toContain("else.json is no Overpass answer");
});
