/** The single values of a city file that have rules of their own. */
import { z } from "zod";

/** Longest id in bytes: three of them and an act still fit Telegram's 64 bytes with room for a version. */
const ID_BYTES = 24;

/** What names a district, a topic, an agency; never shown. */
export const id = z
  .string()
  .max(ID_BYTES, `an id has at most ${ID_BYTES} characters, it travels in button data`)
  .regex(/^[a-z0-9][a-z0-9_-]*$/, "an id consists of a–z, 0–9, - and _");

/** A language of the city, as BCP 47 writes it. */
export const LOCALE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** A text that says something. */
export const line = z.string().trim().min(1, "a text must not be empty");

/** An IANA name that this machine knows. */
export const TimeZone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}, "no such time zone (IANA name, e.g. Europe/Moscow)");

/** A browser asks for tiles by itself, so the pages' policy has to name where they come from. */
export const Tiles = z.string().refine((address) => {
  const isComplete = ["{z}", "{x}", "{y}"].every((part) => address.includes(part));
  return isComplete && /^https?:\/\/[\w.{}-]+(:\d+)?\//.test(address);
}, "an address such as https://tile.example.org/{z}/{x}/{y}.png");
