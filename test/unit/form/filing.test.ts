import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { findAddresses } from "../../../src/city/addresses.ts";
import type { City } from "../../../src/city/schema.ts";
import { readFiling, type Filing } from "../../../src/form/filing.ts";
import { demoCity } from "../../support/city.ts";
import { NOON } from "../../support/people.ts";

let city: City;
beforeAll(async () => {
  city = await demoCity();
});

const POINT = { lat: 55.73, lon: 37.42 };
const filing = (differs: Partial<Filing> = {}): Filing => ({
  topicId: "yard-light",
  point: POINT,
  address: null,
  description: "Во дворе третий день не горит фонарь",
  photos: [],
  answers: new Map([["lamps", "one"]]),
  ...differs,
});

const contentOf = (differs: Partial<Filing> = {}) => {
  const read = readFiling(city, filing(differs), NOON);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.content;
};

describe("a filing", () => {
  test("is what the form would have made of the same answers", () => {
    expect(
      contentOf({
        answers: new Map([
          ["lamps", "one"],
          ["dark_days", "3"],
        ]),
      }),
    ).toMatchObject({
      topicId: "yard-light",
      place: { point: POINT, districtId: "kuntsevo", source: "location" },
      answers: { lamps: "one", dark_days: 3 },
    });
  });

  test("with both is where its point is, under the name of the house that is near", () => {
    const [house] = findAddresses(city, "Ярцевская улица, 14");
    if (house === undefined) throw new Error("The house is gone");
    const { place } = contentOf({ point: house.point, address: "Кутузовский проспект, 1" });
    expect(place.point).toEqual(house.point);
    expect(place.address).toBe(house.address);
    // Where no house is near, it is called what the program calls it.
    expect(contentOf({ address: "у пруда" }).place.address).toBe("у пруда");
  });

  test("by yes and no is answered as people press it", () => {
    const told = { topicId: "playground", photos: ["https://pictures.example.org/a.jpg"] };
    expect(contentOf({ ...told, answers: new Map([["danger", "true"]]) }).answers).toEqual({ danger: true });
    expect(contentOf({ ...told, answers: new Map([["danger", "false"]]) }).answers).toEqual({ danger: false });
  });

  test("out of season says when the topic opens again", () => {
    const read = readFiling(city, filing({ topicId: "yard-ice", answers: new Map() }), NOON);
    expect(read.ok ? [] : read.faults).toContainEqual({ what: "topic", why: "off_season", from: "2026-11-01" });
  });

  test("about danger is refused for that alone: nobody shall be sent to mend a form", () => {
    const read = readFiling(city, filing({ topicId: "gas-smell", point: null, description: null }), NOON);
    expect(read).toEqual({ ok: false, faults: [{ what: "topic", why: "emergency" }] });
  });

  test("of whatever is read or refused, and never thrown at", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const any = fc.record({
      topicId: fc.oneof(fc.constantFrom("yard-light", "playground", "__proto__"), text),
      point: fc.option(
        fc.record({
          lat: fc.double({ min: -90, max: 90, noNaN: true }),
          lon: fc.double({ min: -180, max: 180, noNaN: true }),
        }),
      ),
      address: fc.option(text),
      description: fc.option(text),
      photos: fc.array(text, { maxLength: 7 }),
      answers: fc
        .array(fc.tuple(fc.oneof(fc.constantFrom("lamps", "danger", "__proto__"), text), text))
        .map((entries) => new Map(entries)),
    });
    fc.assert(
      fc.property(any, (told) => {
        const read = readFiling(city, told, NOON);
        return read.ok || read.faults.length > 0;
      }),
    );
  });
});
