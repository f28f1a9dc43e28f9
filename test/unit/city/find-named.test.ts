import { describe, expect, test } from "vitest";
import { findAllNamed, findNamed } from "../../../src/city/find-named.ts";
import { readNumber } from "../../../src/bot/editor/report-number.ts";

const districts = [
  { id: "kuntsevo", names: [{ ru: "Кунцево", en: "Kuntsevo" }] },
  { id: "fili-davydkovo", names: [{ ru: "Фили-Давыдково", en: "Fili-Davydkovo" }] },
  { id: "fili-park", names: [{ ru: "Филёвский Парк", en: "Filyovsky Park" }] },
  { id: "park", names: [{ ru: "Парк", en: "Park" }] },
];
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe("something named by a person", () => {
  test.each([
    ["its id", "fili-park", ["fili-park"]],
    ["its name in any case", "кунцево", ["kuntsevo"]],
    ["its name without «ё» and the hyphen", "Филевский парк", ["fili-park"]],
    ["its name in the other alphabet", "Fili Davidkovo", ["fili-davydkovo"]],
    ["the beginning of its name", "кунц", ["kuntsevo"]],
    ["a whole name that others contain", "парк", ["park"]],
    ["a beginning several have", "фил", ["fili-davydkovo", "fili-park"]],
    ["nothing anybody is called", "Марс", []],
    ["no letters at all", "!!!", []],
  ])("is found by %s", (_how, typed, expected) => {
    expect(ids(findNamed(districts, typed))).toEqual(expected);
  });

  test.each([
    ["Кунцево, Филёвский парк"],
    ["kuntsevo fili-park"],
    ["Кунцево Филёвский Парк"],
    ["кунцево\nкунцево; филевский парк,"],
  ])("is found among others in «%s»", (typed) => {
    const named = findAllNamed(districts, typed);
    expect(named.ok && ids(named.found)).toEqual(["kuntsevo", "fili-park"]);
  });

  test("is told back when nobody, or more than one, is called so", () => {
    expect(findAllNamed(districts, "Кунцево, Марс")).toEqual({ ok: false, unknown: "Марс" });
    expect(findAllNamed(districts, "Кунцево фил")).toEqual({ ok: false, unknown: "фил" });
    expect(findAllNamed(districts, "")).toEqual({ ok: true, found: [] });
  });
});

test("a report's number is read as people write it, with what follows", () => {
  expect(readNumber("15")).toEqual({ reportId: 15, rest: "" });
  expect(readNumber("№ 15 no_photo")).toEqual({ reportId: 15, rest: "no_photo" });
  expect(readNumber("#15\nне тот двор")).toEqual({ reportId: 15, rest: "не тот двор" });
  expect(readNumber("No. 15")).toEqual({ reportId: 15, rest: "" });
  for (const words of ["", "абв", "15а", "-1", "1.5", "9".repeat(16)]) expect(readNumber(words)).toBeNull();
});
