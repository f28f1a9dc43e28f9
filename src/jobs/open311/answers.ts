/** What systems answer, in XML or JSON, as far as it matters here. Whatever is missing or of another kind is passed over, for few keep to the spec. */
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { withoutUnkeepable } from "../../city/text.ts";

/** How a system writes. */
export type Format = "xml" | "json";

/** A request as they have it. `photoUrl`: where their picture stands. */
export type TheirRequest = {
  theirId: string;
  isClosed: boolean;
  words: string;
  /** What was posted, and maybe more. */
  description: string;
  photoUrl: string | null;
  changedAt: string;
};

/** What they said of a request. */
export type TheirUpdate = {
  id: string;
  theirId: string;
  isClosed: boolean;
  words: string;
  photoUrl: string | null;
  /** When, by their clock; null where nobody can read it. */
  at: Date | null;
};

const parser = new XMLParser({
  ignoreAttributes: true,
  // A number is a text that looks like one: «007» is no 7.
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  isArray: (name) => ITEMS.has(name),
});
const ITEMS = new Set(["request", "request_update", "error"]);

/** One answer with what no database keeps would be failed at for ever. */
export const tidy = (words: string): string => withoutUnkeepable(words).trim();

/** JSON writes numbers where texts are meant, and null for nothing. */
const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .catch(null)
  .transform((value) => (value === null || value === undefined ? "" : tidy(String(value))));

const Request = z.object({
  service_request_id: text,
  token: text,
  status: text,
  status_notes: text,
  description: text,
  media_url: text,
  updated_datetime: text,
});
const Update = z.object({
  update_id: text,
  service_request_id: text,
  status: text,
  description: text,
  media_url: text,
  updated_datetime: text,
});

/** The number or the token of what was posted; null when the answer has neither. */
export const readFiled = (format: Format, body: string): { theirId: string } | { token: string } | null => {
  const [first] = listOf(format, body, "service_requests", "request", Request) ?? [];
  if (first === undefined) return null;
  if (first.service_request_id !== "") return { theirId: first.service_request_id };
  return first.token === "" ? null : { token: first.token };
};

/** The number a token stands for, `number` null while there is none; null for what is no answer to that. */
export const readNumber = (format: Format, body: string): { number: string | null } | null => {
  const list = listOf(format, body, "service_requests", "request", Request);
  return list && { number: list.find((one) => one.service_request_id !== "")?.service_request_id ?? null };
};

/** The requests; null for what is no list of them. */
export const readRequests = (format: Format, body: string): TheirRequest[] | null =>
  listOf(format, body, "service_requests", "request", Request)
    ?.filter((one) => one.service_request_id !== "")
    .map((one) => ({
      theirId: one.service_request_id,
      isClosed: isClosed(one.status),
      words: one.status_notes,
      description: one.description,
      photoUrl: one.media_url === "" ? null : one.media_url,
      changedAt: one.updated_datetime,
    })) ?? null;

/** The updates; null for what is no list of them. */
export const readUpdates = (format: Format, body: string): TheirUpdate[] | null =>
  listOf(format, body, "service_request_updates", "request_update", Update)
    ?.filter((one) => one.update_id !== "" && one.service_request_id !== "")
    .map((one) => ({
      id: one.update_id,
      theirId: one.service_request_id,
      isClosed: isClosed(one.status),
      words: one.description,
      photoUrl: one.media_url === "" ? null : one.media_url,
      at: momentOf(one.updated_datetime),
    })) ?? null;

const momentOf = (written: string): Date | null => {
  const moment = new Date(written);
  return Number.isNaN(moment.getTime()) ? null : moment;
};

/** FixMyStreet and others tell finer: whatever is over begins like this. */
const isClosed = (status: string): boolean => /^(closed|fixed)/i.test(status);

const listOf = <Item>(
  format: Format,
  body: string,
  root: string,
  item: string,
  schema: z.ZodType<Item>,
): Item[] | null => {
  const found = format === "xml" ? itemsOfXml(body, root, item) : itemsOfJson(body, root);
  if (found === null) return null;
  const items = z.array(schema).safeParse(found);
  return items.success ? items.data : null;
};

const itemsOfXml = (body: string, root: string, item: string): unknown[] | null => {
  try {
    const parsed: unknown = parser.parse(body, true);
    if (typeof parsed !== "object" || parsed === null || !Object.hasOwn(parsed, root)) return null;
    const list: unknown = Reflect.get(parsed, root);
    // An empty list is an empty element.
    if (typeof list !== "object" || list === null) return [];
    const items: unknown = Reflect.get(list, item);
    return Array.isArray(items) ? items : [];
  } catch {
    return null;
  }
};

const itemsOfJson = (body: string, root: string): unknown[] | null => {
  try {
    const parsed: unknown = JSON.parse(body);
    if (Array.isArray(parsed)) return parsed;
    const list: unknown = typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, root) : null;
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
};
