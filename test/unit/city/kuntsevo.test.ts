import { describe, expect, test } from "vitest";
import { districtOf } from "../../../src/city/districts.ts";
import { isInSeason } from "../../../src/city/seasons.ts";
import { Temporal } from "temporal-polyfill";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();
const topics = [...city.topics.values()];

describe("the demo city", () => {
  test("has the size that was promised", () => {
    expect(city.districts.length).toBeGreaterThanOrEqual(6);
    expect(city.agencies.length).toBeGreaterThanOrEqual(12);
    expect(city.topics.size).toBeGreaterThanOrEqual(60);
    expect(city.rejectionReasons.length).toBeGreaterThanOrEqual(8);
    expect(city.streets.length).toBeGreaterThanOrEqual(30);
  });

  test("has the eight categories of the original, in its order", () => {
    expect(city.categories.map(({ title }) => title["ru"])).toEqual([
      "Мой двор",
      "Мой дом",
      "Моя дорога",
      "Мой парк",
      "Государственные учреждения",
      "Общественный транспорт",
      "Торговля и реклама",
      "Городская территория",
    ]);
  });

  test("offers topics of every category in summer and in winter", () => {
    for (const date of ["2026-07-01", "2026-01-15"].map((iso) => Temporal.PlainDate.from(iso)))
      for (const category of city.categories)
        expect(category.topics.filter((topic) => isInSeason(topic, date)).length).toBeGreaterThanOrEqual(5);
  });

  test("asks every kind of question somewhere", () => {
    const kinds = new Set(topics.flatMap(({ questions }) => questions.map(({ kind }) => kind)));
    expect(kinds).toEqual(new Set(["text", "number", "choice", "yes_no"]));
  });

  test("puts the numbers to call before gas, fire, wires, an open manhole and a stuck lift", () => {
    const emergencies = topics.filter(({ emergency }) => emergency).map(({ id }) => id);
    expect(emergencies.toSorted()).toEqual(["exposed-wires", "fire-smoke", "gas-smell", "lift-stuck", "manhole"]);
    expect(city.emergencyNumbers.map(({ number }) => number)).toEqual(["112", "104", "101", "102", "103"]);
  });

  test("asks for no photo of what a photo would not show, and for one of most things", () => {
    expect(city.topics.get("gas-smell")?.photo).toBe("optional");
    expect(topics.filter(({ photo }) => photo === "required").length).toBeGreaterThan(topics.length / 2);
  });

  test("gives every agency something to do", () => {
    const routed = new Set([...city.routes.values()].flatMap((perDistrict) => [...perDistrict.values()]));
    expect(city.agencies.map(({ id }) => id).filter((id) => !routed.has(id))).toEqual([]);
  });

  test("has no gap between neighbouring districts", () => {
    // Straight across the city, from the ring road to the river, through the middle of six districts.
    const from = { lat: 55.757, lon: 37.38 };
    const to = { lat: 55.69, lon: 37.53 };
    for (let i = 0; i <= 2000; i++) {
      const point = {
        lat: from.lat + ((to.lat - from.lat) * i) / 2000,
        lon: from.lon + ((to.lon - from.lon) * i) / 2000,
      };
      expect(districtOf(city, point), JSON.stringify(point)).not.toBeNull();
    }
  });

  test("has streets in every district, and every house and corner of them in the city", () => {
    const districts = new Set<string>();
    for (const street of city.streets)
      for (const point of [...street.line, ...street.houses.map((house) => house.point)]) {
        const district = districtOf(city, point);
        expect(district, `${street.name["ru"]} ${JSON.stringify(point)}`).not.toBeNull();
        if (district) districts.add(district.id);
      }
    expect(districts).toEqual(new Set(city.districts.map(({ id }) => id)));
  });

  test("keeps short names short enough for a button", () => {
    for (const { shortName } of city.agencies)
      for (const name of Object.values(shortName)) expect(name.length).toBeLessThanOrEqual(26);
  });
});
