import { z } from "zod";
import { badRequest } from "./refusal.ts";

const fromJson = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

const toNumber = (value: unknown): unknown =>
  typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;

/** A whole number; forms write it as text. */
export const int = z.preprocess(toNumber, z.int());

/** A real number; forms write it as text. */
export const real = z.preprocess(
  (value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value),
  z.number(),
);

/** True or false; forms write `true`, `1`, `false`, `0`. */
export const flag = z.preprocess(
  (value) => (value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : value),
  z.boolean(),
);

/** An object or array; forms, and many clients even inside JSON, write it as JSON text. */
export const json = <Schema extends z.ZodType>(schema: Schema): z.ZodPreprocess<Schema> =>
  z.preprocess(fromJson, schema);

/** `chat_id`: a number, or a name as `@channel`. */
export const chatId = z.preprocess(toNumber, z.union([z.int(), z.string()])).optional();

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/** Says what is wrong with parameters: unknown names first, as they are most often a slip of the pen. */
export const refuseParams = (error: z.ZodError): Error => {
  const [issue] = error.issues.toSorted(
    (a, b) => Number(b.code === "unrecognized_keys") - Number(a.code === "unrecognized_keys"),
  );
  if (!issue) return badRequest("wrong parameters");
  if (issue.code === "unrecognized_keys") {
    const inside = issue.path.length > 0 ? ` in "${pathOf(issue.path)}"` : "";
    return badRequest(`unknown field "${issue.keys.join('", "')}"${inside}`);
  }
  return badRequest(`wrong parameter "${pathOf(issue.path)}": ${issue.message}`);
};
