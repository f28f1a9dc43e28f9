import { expect, test } from "vitest";
import { mentionsPhone } from "../../../src/report/mentions-phone.ts";

test.each([
  "звоните Марии 89161234567",
  "мой номер +7 (916) 123-45-67, звоните",
  "8 916 123 45 67",
  "8-916-123-45-67.",
  "тел.+79161234567",
  "call +44 20 7946 0958",
])("«%s» has a phone number in it", (words) => {
  expect(mentionsPhone(words)).toBe(true);
});

test.each([
  "Не горит фонарь у дома 12 корпус 2, подъезд 3",
  "с 15.07.2026 по 20.07.2026 нет воды",
  "опора № 8123456, счёт 40702810900000012345",
  "звоните 112 или 104",
  "2026-07-15 12:30, 55.7300 37.4200",
])("«%s» has none", (words) => {
  expect(mentionsPhone(words)).toBe(false);
});
