import { toKey, wordsOf } from "./fold.ts";

/** An address as typed, taken apart. Keys as of `toKey`; `house` is null when no number was given. */
export type AddressQuery = { readonly name: string[]; readonly kinds: string[]; readonly house: string | null };

/** What kind of street it is, by its key's beginning; the name decides, the kind only breaks ties. */
const KINDS: readonly (readonly [kind: string, forms: RegExp])[] = [
  ["street", /^(ul|ulic\w*|street|str|st)$/],
  ["avenue", /^(prospekt\w*|prosp|prt|pr|avenue|ave|av)$/],
  ["highway", /^(shosse|sh|highwai|hvi|hwi)$/],
  ["boulevard", /^(bulvar\w*|bul|br|boulevard|blvd)$/],
  ["lane", /^(pereul\w*|per|lane|ln)$/],
  ["drive", /^(proezd\w*|prd|drive|dr|passage)$/],
  ["embankment", /^(naberezhn\w*|nab|embankment|emb)$/],
  ["square", /^(ploshad\w*|pl|square|sq)$/],
];

/** Words around a name that name nothing. */
const NOISE =
  /^(g|gorod\w?|d|dom\w?|korpus|moskv\w|moscow|na|v|vo|u|s|okolo|vozle|riadom|naprotiv|po|uglu|near|at|on|by|the|raion\w?)$/;

/** What follows is inside the house and tells no one which house it is. */
const INSIDE = /[\s,]+(кв|квартира|подъезд|под|п|этаж|эт|офис|apt|flat|apartment|entrance|floor)(?=[\s.\d№]).*$/iu;

/**
 * Where an address goes on within the house, however people write it: «14кв7», «14 (кв.7)», «14, 77-я квартира», on one line or two. What
 * the public searches by says the same in SQL (`WITHIN_HOUSE`).
 */
const WITHIN_HOUSE =
  /[^\p{L}\d]*(?:(?<!\p{L})(?:кв|кварт|квартир\p{L}*|подъезд\p{L}*|под|п|этаж\p{L}*|эт|офис\p{L}*|оф|комнат\p{L}*|домофон\p{L}*|apt|flat|apartment|entrance|floor)(?=[^\p{L}\d]{0,5}\d)|(?<!\d)\d+(?:-?\p{L}{1,2})?[^\p{L}\d]{0,3}(?<!\p{L})(?:кв|кварт|квартир\p{L}*|подъезд\p{L}*|этаж\p{L}*|apt|flat|apartment|entrance|floor)(?!\p{L})(?![^\p{L}\d]{0,5}\d)).*$/isu;

/** The address up to the house: no entrance, floor or flat. */
export const withoutInside = (address: string): string => address.replace(WITHIN_HOUSE, "").trim();

const HOUSE =
  /(?<![\p{L}\d])(?:дом|д|house)?[\s.№]*(\d+)\s*([а-яa-z](?![а-яa-z]|[\s.]*\d))?\s*(\/\s*\d+)?(?:[\s,.-]*(?:корпус|корп|кор|к|korpus|korp|k|bldg|building)[\s.]*(\d+))?(?:[\s,.-]*(?:строение|строен|стр|с|stroenie|str|s)[\s.]*(\d+))?(?![\p{L}\d])/gu;

/** `12к2`, `20/3`, `7а`: numbers however written compare equal. */
export const houseKey = (house: string): string => {
  const [parts] = [...house.toLowerCase().matchAll(HOUSE)];
  if (!parts) return house.toLowerCase().trim();
  const [, number = "", letter, fraction, building, structure] = parts;
  const marks = [
    letter && !building && !structure ? toKey(letter) : "",
    fraction ? `/${fraction.replace(/\D/g, "")}` : "",
    building ? `к${building}` : "",
    structure ? `с${structure}` : "",
  ];
  return number + marks.join("");
};

const isOrdinal = (text: string, end: number): boolean => /^-?(я|й|ая|ый|th|st|nd|rd)(?!\p{L})/u.test(text.slice(end));

/** Takes a typed address apart: «на ул. Ивана Франко, д. 12 корп. 2, кв. 5» is Ивана Франко, street, 12к2. */
export const readAddress = (typed: string): AddressQuery => {
  const text = typed.toLowerCase().replaceAll("ё", "е").replace(INSIDE, "").trim();
  const houses = [...text.matchAll(HOUSE)].filter((match) => !isOrdinal(text, match.index + match[0].length));
  // «2-я Филёвская, 7» and «7 Ivana Franko Street»: the last number is the house.
  const house = houses.at(-1);
  const rest = house ? `${text.slice(0, house.index)} ${text.slice(house.index + house[0].length)}` : text;
  return { ...readStreetName(rest), house: house ? houseKey(house[0]) : null };
};

/** A street's name taken apart into the words that name it and the words that say what kind of street it is. */
export const readStreetName = (text: string): Pick<AddressQuery, "name" | "kinds"> => {
  const name: string[] = [];
  const kinds: string[] = [];
  for (const word of wordsOf(text.replace(/(?<=\p{L})-(?=\p{L})/gu, ""))) {
    const key = toKey(word);
    const kind = KINDS.find(([, forms]) => forms.test(key))?.[0];
    if (kind) kinds.push(kind);
    else if (!NOISE.test(key)) name.push(key);
  }
  return { name, kinds };
};
