import { describe, expect, test } from "vitest";
import { publicPlaceOf } from "../../../src/report/public-place.ts";
import { demoCity } from "../../support/city.ts";

const city = await demoCity();
const POINT = { lat: 55.73041, lon: 37.42047 };
const addressOf = (address: string) => publicPlaceOf(city, { topicId: "pothole", ...POINT, address }).address;

describe("what the public sees of a place", () => {
  test.each([
    ["Ярцевская улица, 14", "Ярцевская улица, 14"],
    ["Ярцевская, 14, кв. 5", "Ярцевская, 14"],
    ["Ярцевская 14 КВ 5", "Ярцевская 14"],
    ["Ярцевская, 14к2, подъезд 3, этаж 4, кв5", "Ярцевская, 14к2"],
    ["Yartsevskaya 14, Flat 5", "Yartsevskaya 14"],
    ["Квартирный тупик, 3", "Квартирный тупик, 3"],
  ])("«%s» is «%s»", (address, seen) => expect(addressOf(address)).toBe(seen));

  test("outdoors it is the point, within a home the block", () => {
    const at = (topicId: string) => publicPlaceOf(city, { topicId, ...POINT, address: null }).place;
    expect(at("pothole")).toEqual(POINT);
    expect(at("lift")).toEqual({ lat: 55.73, lon: 37.42 });
    expect(publicPlaceOf(city, { topicId: "lift", lat: null, lon: null, address: null }).place).toBeNull();
  });
});
