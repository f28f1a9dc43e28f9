import { findAddresses, nearestAddress } from "../city/addresses.ts";
import { districtOf } from "../city/districts.ts";
import type { Point } from "../city/schema.ts";
import { inRows, plain, row, type Ask } from "./ask.ts";
import { DESCRIPTION_LENGTH, describe, excerpt } from "./description-question.ts";
import type { Draft, Place } from "./draft.ts";
import { answered, stay, type Question, type Scene, type Taken } from "./question.ts";

/** A house this near to a pin is worth naming beside it. */
const NAMED_WITHIN_METERS = 60;
/** Nobody's address is longer; what is, tells something else. */
const LONGEST_ADDRESS = 60;
const SHORTEST_ADDRESS = 3;

/** Takes a point on the map as the place, if it lies in the city. `address` is a venue's own. */
export const locate = (
  draft: Draft,
  told: { point: Point; address: string | null; source: Place["source"] },
  { city }: Scene,
): Taken => {
  const district = districtOf(city, told.point);
  if (district === null) return stay(draft, { text: "place.outside", params: { city: { in: city.name } } });
  const nearest = nearestAddress(city, told.point);
  const near = nearest !== null && nearest.distanceMeters <= NAMED_WITHIN_METERS ? nearest.address : null;
  return answered({
    ...draft,
    place: { point: told.point, address: told.address ?? near, districtId: district.id, source: told.source },
    typedAddress: null,
  });
};

/** The one house that a typed address surely means; null when it may mean several or none. */
const surely = (text: string, { city }: Scene): Place | null => {
  const [only, ...others] = findAddresses(city, text);
  if (only?.precision !== "house" || others.length > 0) return null;
  return { point: only.point, address: only.address, districtId: only.districtId, source: "typed" };
};

const withPlace = (draft: Draft, place: Place): Draft => ({ ...draft, place, typedAddress: null });

const isDescriptionButton = (draft: Draft, typed: string) =>
  draft.description === null && typed.length >= DESCRIPTION_LENGTH.min ? [row("button.isDescription", "text")] : [];

const askWhichHouse = (typed: string, draft: Draft, { city }: Scene): Ask => {
  const found = findAddresses(city, typed);
  const isHouse = found.some(({ precision }) => precision === "house");
  return {
    lines: [{ text: isHouse ? "place.several" : "place.onlyStreet" }],
    buttons: [
      ...found.map(({ address }, i) => [{ label: plain(address), press: `a:${i}` }]),
      row("button.otherAddress", "none"),
      ...isDescriptionButton(draft, typed),
    ],
  };
};

const askDistrict = (typed: string, draft: Draft, { city }: Scene): Ask => ({
  lines: [{ text: "place.unknown", params: { address: excerpt(typed) } }],
  buttons: [
    ...inRows(
      city.districts.map(({ id, name }) => ({ label: plain({ in: name }), press: `d:${id}` })),
      2,
    ),
    ...isDescriptionButton(draft, typed),
  ],
});

const hear = (draft: Draft, text: string, scene: Scene): Taken | null => {
  const place = surely(text, scene);
  if (place !== null) return answered(withPlace(draft, place));
  if (text.length > LONGEST_ADDRESS) return null;
  if (text.length < SHORTEST_ADDRESS || !/\p{L}/u.test(text)) return stay(draft, { text: "place.expects" });
  const isUnknown = findAddresses(scene.city, text).length === 0;
  return stay({ ...draft, typedAddress: { text, isUnknown } });
};

const press = (draft: Draft, choice: string, { city }: Scene): Taken | null => {
  const typed = draft.typedAddress;
  if (typed === null) return null;
  const [kind = "", value = ""] = choice.split(":");
  switch (kind) {
    case "a": {
      const found = /^\d$/.test(value) && !typed.isUnknown ? findAddresses(city, typed.text)[Number(value)] : undefined;
      if (!found) return null;
      const { point, address, districtId } = found;
      return answered(withPlace(draft, { point, address, districtId, source: "typed" }));
    }
    case "none":
      return stay({ ...draft, typedAddress: { ...typed, isUnknown: true } });
    case "d":
      return city.districts.some(({ id }) => id === value)
        ? answered(withPlace(draft, { point: null, address: typed.text, districtId: value, source: "typed" }))
        : null;
    case "text":
      return draft.description === null
        ? { ...stay(describe({ ...draft, typedAddress: null }, typed.text).draft), note: { text: "note.description" } }
        : null;
  }
  return null;
};

/** Where it is: a location fills it whenever it comes, an address is typed while it is asked or whenever it names one house. */
export const placeQuestion: Question = {
  key: "place",
  isEchoed: true,
  title: { text: "title.place" },
  expects: { text: "place.expects" },
  isMissing: ({ place }, { city }) => place === null || !city.districts.some(({ id }) => id === place.districtId),
  ask: (draft, scene) => {
    const typed = draft.typedAddress;
    if (typed === null) return { lines: [{ text: "place.ask" }], buttons: [], wantsLocation: true };
    return typed.isUnknown ? askDistrict(typed.text, draft, scene) : askWhichHouse(typed.text, draft, scene);
  },
  press,
  hear,
  recognise: (draft, text, scene) => {
    const place = surely(text, scene);
    return place && withPlace(draft, place);
  },
  answer: ({ place }, { city }) => {
    const district = city.districts.find(({ id }) => id === place?.districtId);
    if (!place || !district) return null;
    if (place.address !== null)
      return { text: "place.address", params: { address: place.address, district: { in: district.name } } };
    return { text: "place.point", params: { district: { in: district.name } } };
  },
};
