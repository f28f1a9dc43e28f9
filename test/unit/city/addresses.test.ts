import { describe, expect, test } from "vitest";
import { findAddresses, nearestAddress } from "../../../src/city/addresses.ts";
import { districtOf } from "../../../src/city/districts.ts";
import { toStreet } from "../../../src/city/houses.ts";
import type { City } from "../../../src/city/schema.ts";
import { loadDemoCity } from "../../support/demo-city.ts";

const city = await loadDemoCity();
const found = (typed: string) => findAddresses(city, typed).map(({ address, precision }) => [address, precision]);

describe("a typed address is understood however it is written", () => {
  test.each([
    ["ул. Ивана Франко, 12", "улица Ивана Франко, 12"],
    ["ивана франко 12к2", "улица Ивана Франко, 12к2"],
    ["Ивана Франко, д. 12 корп. 2, кв. 5", "улица Ивана Франко, 12к2"],
    ["ИВАНА ФРАНКО 12 К 2", "улица Ивана Франко, 12к2"],
    ["12 Ivana Franko Street", "улица Ивана Франко, 12"],
    ["у дома 12 на Ивана Франко", "улица Ивана Франко, 12"],
    ["ул Франко 8", "улица Ивана Франко, 8"],
    ["Rublevskoe 20", "Рублёвское шоссе, 20"],
    ["Rublyovskoye Highway 20", "Рублёвское шоссе, 20"],
    ["рублевка 34 корпус 2", "Рублёвское шоссе, 34к2"],
    ["на Рублёвском шоссе 44", "Рублёвское шоссе, 44"],
    ["малодогвардейская 30", "Молодогвардейская улица, 30"],
    ["молодогвардейская ул д36к1 подъезд 3 этаж 4", "Молодогвардейская улица, 36к1"],
    ["Москва, Осенний б-р, дом 10, корп. 2", "Осенний бульвар, 10к2"],
    ["м. филевская 12 к 3", "Малая Филёвская улица, 12к3"],
    ["Кутузовский пр-т 5/3", "Кутузовский проспект, 5/3"],
    ["Кутузовский пер 4", "Кутузовский переулок, 4"],
    ["Береговой пр-д 5", "Береговой проезд, 5"],
    ["Аминьевское ш. 14в", "Аминьевское шоссе, 14В"],
    ["Бережковская наб., 20 стр. 1", "Бережковская набережная, 20с1"],
    ["улица 1812 года, д. 7", "улица 1812 года, 7"],
    ["2-я Бородинская, 5", "2-я Бородинская улица, 5"],
    ["2 бородинская ул 5", "2-я Бородинская улица, 5"],
    ["бородинская 5", "2-я Бородинская улица, 5"],
    ["Крылатские Холмы 15", "улица Крылатские Холмы, 15"],
  ])("%s → %s", (typed, address) => expect(found(typed)).toEqual([[address, "house"]]));
});

test("several streets that fit are all offered, each with its district", () => {
  expect(findAddresses(city, "Филёвская 12").map(({ address, districtId }) => [address, districtId])).toEqual([
    ["Малая Филёвская улица, 12", "fili-davydkovo"],
    ["Большая Филёвская улица, 12", "fili-park"],
  ]);
});

test("without a number, or with an unknown one, the street itself is found", () => {
  expect(found("ярцевская")).toEqual([["Ярцевская улица", "street"]]);
  expect(found("Ярцевская 999")).toEqual([["Ярцевская улица", "street"]]);
  expect(found("улица 1812 года")).toEqual([["улица 1812 года", "street"]]);
});

test("an unknown building of a known house is at that house, under the number typed", () => {
  const [building] = findAddresses(city, "Ивана Франко 24 корпус 7");
  const [house] = findAddresses(city, "Ивана Франко 24");
  expect(building).toEqual({ ...house, address: "улица Ивана Франко, 24к7" });
});

test.each([
  "",
  "   ",
  "12",
  "улица",
  "москва",
  "Ленина 5",
  "55.73 37.44",
  "яма возле магазина",
  "🙃",
  "а".repeat(4096),
  "(((((",
])("%j is no address of this city", (typed) => expect(found(typed)).toEqual([]));

test("a hostile text is looked at only as far as an address is long", () => {
  expect(found(`${" ".repeat(100)}Ивана Франко, 12`)).toHaveLength(1);
  expect(found(`${" ".repeat(200)}Ивана Франко, 12`)).toEqual([]);
});

test("houses of every street are found by their own addresses, in their own districts", () => {
  for (const street of city.streets)
    for (const house of street.houses.filter((_, i) => i % 7 === 0)) {
      const address = `${street.name["ru"]}, ${house.number}`;
      expect(findAddresses(city, address)).toContainEqual({
        address,
        point: house.point,
        districtId: districtOf(city, house.point)?.id,
        precision: "house",
      });
    }
});

describe("the nearest address", () => {
  test("of a house's own point is that house", () => {
    const [place] = findAddresses(city, "Ивана Франко 24");
    if (!place) throw new Error("The house is gone");
    expect(nearestAddress(city, place.point)).toEqual({
      address: "улица Ивана Франко, 24",
      point: place.point,
      distanceMeters: 0,
    });
  });

  test("tells how far it is, in meters", () => {
    const [place] = findAddresses(city, "Ивана Франко 24");
    if (!place) throw new Error("The house is gone");
    // A ten-thousandth of a degree of latitude is 11 meters.
    const near = nearestAddress(city, { ...place.point, lat: place.point.lat + 0.0001 });
    expect(near?.distanceMeters).toBeCloseTo(11.1, 1);
  });

  test("is none where no house is within 500 m, or the city knows none", () => {
    expect(nearestAddress(city, { lat: 55.775, lon: 37.44 })).toBeNull();
    expect(nearestAddress({ locales: ["ru"], streets: [] }, { lat: 55.73, lon: 37.44 })).toBeNull();
  });
});

describe("houses of a street", () => {
  const street = (houses: Record<string, [number, number]>, interpolate: boolean): City["streets"][number] =>
    toStreet(
      {
        name: { ru: "улица" },
        aliases: [],
        line: [
          [55, 37],
          [55, 38],
        ],
        houses,
      },
      interpolate,
    );
  const known = {
    "2": [55, 37] as [number, number],
    "8": [55, 37.3] as [number, number],
    "1": [55.1, 37] as [number, number],
  };

  test("between two known ones of a side are spread evenly, the other side left alone", () => {
    const houses = street(known, true).houses.map(({ number, point }) => [number, point.lat, point.lon.toFixed(3)]);
    expect(houses).toEqual([
      ["2", 55, "37.000"],
      ["4", 55, "37.100"],
      ["6", 55, "37.200"],
      ["8", 55, "37.300"],
      ["1", 55.1, "37.000"],
    ]);
  });

  test("are only the known ones where the city knows all of them", () => {
    expect(
      street(known, false)
        .houses.map(({ number }) => number)
        .toSorted(),
    ).toEqual(["1", "2", "8"]);
  });
});
