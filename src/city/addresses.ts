import Flatbush from "flatbush";
import { houseKey, readAddress, readStreetName, type AddressQuery } from "./address-text.ts";
import { districtOf } from "./districts.ts";
import { metersBetween } from "./geometry.ts";
import { leadingNumber } from "./houses.ts";
import { typosBetween, typosForgiven } from "./likeness.ts";
import type { City, House, Point, Street } from "./schema.ts";
import { textIn } from "./text.ts";

/** `address` is in the city's default locale. `street`: the number was missing or is unknown, the point is somewhere on the street. */
export type FoundAddress = {
  readonly address: string;
  readonly point: Point;
  readonly districtId: string;
  readonly precision: "house" | "street";
};

export type NearestAddress = { readonly address: string; readonly point: Point; readonly distanceMeters: number };

/** Beyond this a house number would mislead rather than help, as in a park. */
const FAR_METERS = 500;
const MOST_FOUND = 6;
/** Streets further than this behind the best are not offered. */
const WORST_TO_BEST = 0.75;
/** One word of three may be something else, «у Ивана Франко 12, арка»; one of two may not. */
const LEAST_ALIKE = 0.55;
/** Below `WORST_TO_BEST`: who writes «Кутузовский переулок» does not want the avenue, unless there is no such lane. */
const WRONG_KIND = 0.7;

type StreetNames = { street: Street; names: Pick<AddressQuery, "name" | "kinds">[] };

type Index = {
  streets: StreetNames[];
  houses: { street: Street; house: House }[];
  near: Flatbush | null;
  lonScale: number;
};

const indexes = new WeakMap<City["streets"], Index>();

const createIndex = (streets: City["streets"]): Index => {
  const houses = streets.flatMap((street) => street.houses.map((house) => ({ street, house })));
  const lonScale = Math.cos(((houses[0]?.house.point.lat ?? 0) * Math.PI) / 180);
  const near = houses.length > 0 ? new Flatbush(houses.length) : null;
  for (const { house } of houses) near?.add(house.point.lon * lonScale, house.point.lat);
  near?.finish();
  return {
    streets: streets.map((street) => ({
      street,
      names: [...Object.values(street.name), ...street.aliases].map(readStreetName),
    })),
    houses,
    near,
    lonScale,
  };
};

const indexOf = (city: Pick<City, "streets">): Index => {
  const known = indexes.get(city.streets);
  if (known) return known;
  const index = createIndex(city.streets);
  indexes.set(city.streets, index);
  return index;
};

const addressOf = (city: Pick<City, "locales">, street: Street, house: string | null): string => {
  const name = textIn(city, street.name, city.locales[0]);
  return house === null ? name : `${name}, ${house}`;
};

/** How much one typed word is like one word of a name: 1 the same, 0 another word. «Б.» is like «Большая». */
const likeness = (typed: string, known: string): number => {
  if (typed === known) return 1;
  if (typed.length === 1 || typed.length >= 3)
    if (known.startsWith(typed)) return 0.6 + (0.3 * typed.length) / known.length;
  const limit = typosForgiven(Math.min(typed.length, known.length));
  const typos = typosBetween(typed, known, limit);
  return typos > limit || limit === 0 ? 0 : 0.9 - 0.15 * typos;
};

/** 0 unless most typed words are in the name; names said in full come before longer ones. */
const matchName = (asked: AddressQuery, name: Pick<AddressQuery, "name" | "kinds">): number => {
  if (asked.name.length === 0 || name.name.length === 0) return 0;
  const likes = asked.name.map((word) => Math.max(...name.name.map((known) => likeness(word, known))));
  const mean = likes.reduce((sum, like) => sum + like, 0) / likes.length;
  if (mean < LEAST_ALIKE) return 0;
  const covered = Math.min(1, asked.name.length / name.name.length);
  const wrongKind = asked.kinds.length > 0 && !asked.kinds.some((kind) => name.kinds.includes(kind));
  return mean * (0.8 + 0.2 * covered) * (wrongKind ? WRONG_KIND : 1);
};

/** The house of that number, or the one it is a part of: «12к2» where only 12 is known. */
const findHouse = (street: Street, asked: string): House | null => {
  const same = street.houses.find((house) => houseKey(house.number) === asked);
  if (same) return same;
  const whole = street.houses.find((house) => leadingNumber(house.number) === leadingNumber(asked));
  return whole ? { number: asked, point: whole.point } : null;
};

/** The places a typed address may mean, best first, at most 6: the house where it is known, else the street. Empty when no street comes close. */
export const findAddresses = (city: Pick<City, "streets" | "districts" | "locales">, text: string): FoundAddress[] => {
  const asked = readAddress(text.slice(0, 200));
  const matches = indexOf(city)
    .streets.map(({ street, names }) => ({ street, score: Math.max(...names.map((name) => matchName(asked, name))) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  const best = matches[0]?.score ?? 0;

  const found = matches
    .filter(({ score }) => score >= best * WORST_TO_BEST)
    .flatMap(({ street }): FoundAddress[] => {
      const house = asked.house === null ? null : findHouse(street, asked.house);
      // Out from the middle: a long street may leave the city at its ends.
      const middle = Math.floor(street.line.length / 2);
      const points = house
        ? [house.point]
        : [...street.line.slice(middle), ...street.line.slice(0, middle).toReversed()];
      for (const point of points) {
        const district = districtOf(city, point);
        if (!district) continue;
        const address = addressOf(city, street, house?.number ?? null);
        return [{ address, point, districtId: district.id, precision: house ? "house" : "street" }];
      }
      return [];
    });
  const houses = found.filter(({ precision }) => precision === "house");
  return (houses.length > 0 ? houses : found).slice(0, MOST_FOUND);
};

/** The house nearest to the point and how far it is, null when there is none within 500 m. */
export const nearestAddress = (city: Pick<City, "streets" | "locales">, point: Point): NearestAddress | null => {
  const { houses, near, lonScale } = indexOf(city);
  const [position] = near?.neighbors(point.lon * lonScale, point.lat, 1) ?? [];
  const nearest = position === undefined ? undefined : houses[position];
  if (!nearest) return null;
  const distanceMeters = metersBetween(point, nearest.house.point);
  if (distanceMeters > FAR_METERS) return null;
  return {
    address: addressOf(city, nearest.street, nearest.house.number),
    point: nearest.house.point,
    distanceMeters,
  };
};
