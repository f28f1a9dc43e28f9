import { withoutUnkeepable } from "../city/text.ts";

/** A value as it arrived, its texts without what cannot be kept; nothing else about it changes. */
export const keepable = <Value>(value: Value): Value => clean(value) as Value;

const clean = (value: unknown): unknown => {
  if (typeof value === "string") return withoutUnkeepable(value);
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, clean(part)]));
};
