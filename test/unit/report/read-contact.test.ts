import { expect, test } from "vitest";
import { readContact } from "../../../src/report/read-contact.ts";

test.each([
  ["Анна Петрова, +7 916 123-45-67", { name: "Анна Петрова", phone: "+79161234567" }],
  ["8 (495) 123-45-67 Анна", { name: "Анна", phone: "84951234567" }],
  ["Анна-Мария О’Нил\n123-45", { name: "Анна-Мария О’Нил", phone: "12345" }],
  ["Телефон: +44.20.7946.0958; Ann", { name: "Телефон Ann", phone: "+442079460958" }],
])("%j is a name and a phone", (typed, contact) => {
  expect(readContact(typed)).toEqual(contact);
});

test.each([
  ["no phone", "Анна Петрова"],
  ["no name", "+7 916 123-45-67"],
  ["two phones", "Анна +79161234567 +79161234568"],
  ["a number too long for a phone", "Анна 1234567890123456"],
  ["a number too short for one", "Анна 1234"],
  ["a name of one letter", "А 1234567"],
  ["a name without an end", `${"Анна ".repeat(30)} +79161234567`],
  ["nothing", ""],
])("%s is none", (_what, typed) => {
  expect(readContact(typed)).toBeNull();
});
