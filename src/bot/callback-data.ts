/** What a button carries: an act in at most 64 bytes of ASCII, read back with distrust, since anybody can send any bytes. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ButtonAct } from "../notices/message.ts";

/** Telegram's limit for `callback_data`. */
export const CALLBACK_DATA_BYTES = 64;

// The last part of each shape may hold the separator; the parts before it may not.
const SEPARATOR = ":";

const printable = /^[\x20-\x7e]*$/;
const word = z.string().regex(/^[a-z][a-z0-9_-]*$/);
const tail = z.string().regex(printable);
// Base 36 keeps a number of 3 million reports a year in five characters; only the one canonical spelling is read.
const number = z
  .string()
  .regex(/^(0|[1-9a-z][0-9a-z]{0,9})$/)
  .transform((digits) => Number.parseInt(digits, 36))
  .pipe(z.int().nonnegative());

// A Map, because forged data may name what every object has, such as `constructor`.
const readers = new Map<string, (parts: readonly string[]) => ButtonAct | null>([
  [
    "f",
    (parts) => {
      const read = z.tuple([number, tail]).safeParse(split(parts, 1));
      return read.success ? { kind: "form", version: read.data[0], press: read.data[1] } : null;
    },
  ],
  [
    "a",
    (parts) => {
      const read = z.tuple([number, number, tail]).safeParse(split(parts, 2));
      if (!read.success) return null;
      const [reportId, version, press] = read.data;
      return { kind: "answer", reportId, version, press };
    },
  ],
  [
    "r",
    (parts) => {
      const read = z.tuple([word, number, number]).rest(tail).safeParse(split(parts, 3));
      if (!read.success) return null;
      const [act, reportId, version, option] = read.data;
      return { kind: "report", act, reportId, version, ...(option !== undefined && { option }) };
    },
  ],
  [
    "g",
    (parts) => {
      const read = z.tuple([word]).rest(tail).safeParse(split(parts, 1));
      if (!read.success) return null;
      const [to, option] = read.data;
      return { kind: "go", to, ...(option !== undefined && { option }) };
    },
  ],
]);

/** The act as `callback_data`. Throws for one that does not fit 64 bytes or has a word in it that could not be read back: a bug of the caller. */
export const pack = (act: ButtonAct): string => {
  const data = join(act);
  if (Buffer.byteLength(data) > CALLBACK_DATA_BYTES) {
    throw new Error(`A button's act takes more than ${CALLBACK_DATA_BYTES} bytes: ${data}`);
  }
  if (!isDeepStrictEqual(unpack(data), { ...act })) throw new Error(`A button's act could not be read back: ${data}`);
  return data;
};

/** The act behind `callback_data`, null for anything this program would not have written itself. */
export const unpack = (data: string): ButtonAct | null => {
  if (Buffer.byteLength(data) > CALLBACK_DATA_BYTES) return null;
  const [kind = "", ...parts] = data.split(SEPARATOR);
  return readers.get(kind)?.(parts) ?? null;
};

const join = (act: ButtonAct): string => {
  switch (act.kind) {
    case "form":
      return ["f", toDigits(act.version), act.press].join(SEPARATOR);
    case "answer":
      return ["a", toDigits(act.reportId), toDigits(act.version), act.press].join(SEPARATOR);
    case "report":
      return ["r", act.act, toDigits(act.reportId), toDigits(act.version), ...optional(act.option)].join(SEPARATOR);
    case "go":
      return ["g", act.to, ...optional(act.option)].join(SEPARATOR);
  }
};

const toDigits = (value: number): string => value.toString(36);

const optional = (option: string | undefined): string[] => (option === undefined ? [] : [option]);

/** The first `heads` parts as they are, the rest as one. */
const split = (parts: readonly string[], heads: number): string[] => [
  ...parts.slice(0, heads),
  ...(parts.length > heads ? [parts.slice(heads).join(SEPARATOR)] : []),
];
