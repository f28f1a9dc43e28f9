import { between } from "./geometry.ts";
import type { CityFiles, House, Point, Street } from "./schema.ts";

const toPoint = ([lat, lon]: [number, number]): Point => ({ lat, lon });

/** The leading whole number of «12к2», «12/3», «12А»; NaN if there is none. */
export const leadingNumber = (house: string): number => Number.parseInt(house, 10);

/** Puts the missing numbers of one side evenly between two known neighbours: 4 and 6 between 2 and 8. */
const fillSide = (known: readonly House[]): House[] => {
  const side = known.toSorted((a, b) => leadingNumber(a.number) - leadingNumber(b.number));
  return side.flatMap((house, i) => {
    const next = side[i + 1];
    if (!next) return [house];
    const [first, last] = [leadingNumber(house.number), leadingNumber(next.number)];
    const missing = Math.max(0, (last - first) / 2 - 1);
    return [
      house,
      ...Array.from({ length: missing }, (_, k) => ({
        number: String(first + 2 * (k + 1)),
        point: between(house.point, next.point, (k + 1) / (missing + 1)),
      })),
    ];
  });
};

/** The street with its houses; `interpolate` fills the gaps of each side, for gazetteers that know a few houses a street. */
export const toStreet = (street: CityFiles["addresses.yaml"]["streets"][number], interpolate: boolean): Street => {
  const known = Object.entries(street.houses).map(([number, at]) => ({ number, point: toPoint(at) }));
  const isEven = (house: House) => leadingNumber(house.number) % 2 === 0;
  return {
    name: street.name,
    aliases: street.aliases,
    line: street.line.map(toPoint),
    houses: interpolate
      ? [...fillSide(known.filter(isEven)), ...fillSide(known.filter((house) => !isEven(house)))]
      : known,
  };
};
