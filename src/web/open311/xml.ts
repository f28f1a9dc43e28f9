/** JSON as the spec's XML: the Spark convention backwards, where every list names what its items are called. */
import { XMLBuilder } from "fast-xml-parser";
import { fitForXml } from "../../pictures/xml.ts";

/** What answers are made of. */
export type Value =
  string | number | boolean | null | undefined | readonly Value[] | { readonly [name: string]: Value };

/** What an item of a list is called, by the list's own name. */
const ITEMS: Readonly<Record<string, string>> = {
  endpoints: "endpoint",
  formats: "format",
  services: "service",
  attributes: "attribute",
  values: "value",
  service_requests: "request",
  service_request_updates: "request_update",
  errors: "error",
};

const builder = new XMLBuilder({ ignoreAttributes: true, format: true, indentBy: "  ", suppressEmptyNode: false });

/** The document with this root; elements stand in the order of the value's properties. */
export const toXml = (root: string, value: Value): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ [root]: toNode(root, value) })}`;

const toNode = (name: string, value: Value): unknown => {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return fitForXml(value);
  if (typeof value !== "object") return value;
  if (isList(value)) {
    const item = ITEMS[name];
    if (item === undefined) throw new Error(`Nobody has said what an item of ${name} is called`);
    return value.length === 0 ? "" : { [item]: value.map((one) => toNode(item, one)) };
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([part, inner]) => (inner === undefined ? [] : [[part, toNode(part, inner)]])),
  );
};

const isList = (value: object): value is readonly Value[] => Array.isArray(value);
