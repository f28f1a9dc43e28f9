/** The API as programs meet it: a client with a key, and both formats read back into one shape. */
import { readFile } from "node:fs/promises";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect } from "vitest";
import { createClient } from "../../src/actions/create-client.ts";
import { apiClients } from "../../src/store/schema/api-clients.ts";
import type { WebDeps } from "../../src/web/deps.ts";
import { aResident, NOON } from "./people.ts";
import { freshWeb, type FreshWeb } from "./web.ts";

const ROOT = "/open311/v2";

/** An answer, read; `value` is what XML says in JSON's shape, every text a text. */
export type Answered = { status: number; headers: Headers; text: string; value: unknown };

export type Open311 = FreshWeb & {
  key: string;
  adminId: number;
  ask: (path: string, headers?: Record<string, string>) => Promise<Answered>;
  /** Files with the client's key unless the fields bring another; null leaves a field out. */
  file: (
    fields: Readonly<Record<string, string | readonly string[] | null>>,
    options?: { format?: "xml" | "json"; headers?: Record<string, string> },
  ) => Promise<Answered>;
};

/** What a filing needs for a report that can be moderated. */
export const FILING = {
  service_code: "yard-light",
  lat: "55.7300",
  long: "37.4200",
  description: "Во дворе третий день не горит фонарь",
  "attribute[lamps]": "one",
} as const;

/** The API with a client that may file, in a minute as often as a test likes. */
export const freshOpen311 = async (
  differs: Partial<WebDeps> = {},
  { perDay = 200, perMinute = 60_000 }: { perDay?: number; perMinute?: number } = {},
): Promise<Open311> => {
  const web = await freshWeb(differs);
  const adminId = await aResident(web.store.db, { role: "admin" });
  const client = await createClient(web, { actorId: adminId, name: "Сайт района", perDay }, NOON);
  if (!client.ok) throw new Error(client.why);
  await web.store.db.update(apiClients).set({ perMinute });
  const read = async (response: Response): Promise<Answered> => {
    const text = await response.text();
    const isXml = response.headers.get("content-type")?.startsWith("text/xml") ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      value: isXml ? fromXml(text) : JSON.parse(text),
    };
  };
  return {
    ...web,
    key: client.key,
    adminId,
    ask: async (path, headers = {}) => read(await web.app.request(`${ROOT}/${path}`, { headers })),
    file: async (fields, { format = "json", headers = {} } = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries({ api_key: client.key, ...fields })) {
        for (const one of typeof value === "string" ? [value] : (value ?? [])) body.append(name, one);
      }
      const type = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
      const init = { method: "POST", body: body.toString(), headers: { ...type, ...headers } };
      return read(await web.app.request(`${ROOT}/requests.${format}`, init));
    },
  };
};

const parser = new XMLParser({ preserveOrder: true, parseTagValue: false, trimValues: false, ignoreDeclaration: true });

type Node = Record<string, unknown>;

/** XML in JSON's shape by the Spark convention: a container of one kind of child is a list; an empty element is null. */
export const fromXml = (text: string): unknown => {
  expect(XMLValidator.validate(text)).toBe(true);
  const nodes = (parser.parse(text) as Node[]).filter((node) => !("#text" in node));
  const [root] = nodes;
  const name = Object.keys(root ?? {})[0] ?? "";
  return toSpark(name, root?.[name] as Node[]);
};

const LISTS = [
  ...["services", "attributes", "values", "service_requests", "service_request_updates", "errors"],
  ...["endpoints", "formats"],
];

const toSpark = (name: string, children: readonly Node[]): unknown => {
  const elements = children.filter((child) => !("#text" in child));
  const entries = elements.map((child): [string, unknown] => {
    const part = Object.keys(child)[0] ?? "";
    return [part, toSpark(part, child[part] as Node[])];
  });
  if (LISTS.includes(name)) return entries.map(([, value]) => value);
  if (entries.length > 0) return Object.fromEntries(entries);
  const text = children.map((child) => String(child["#text"])).join("");
  return text === "" ? null : text;
};

/** JSON as XML can say it: everything a text. */
export const asTexts = (value: unknown): unknown => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== "object") return typeof value === "string" ? value : JSON.stringify(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asTexts(inner)]));
};

/** Names, nesting and order of an answer, without what it says; of a list, its first item. */
export const outline = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length === 0 ? [] : [outline(value[0])];
  if (typeof value !== "object" || value === null) return "value";
  return Object.entries(value).map(([name, inner]) => [name, outline(inner)]);
};

/** An example of the specification. */
export const example = async (name: string, format: "xml" | "json"): Promise<unknown> => {
  const text = await readFile(new URL(`../fixtures/open311/${name}.${format}`, import.meta.url), "utf8");
  return format === "xml" ? fromXml(text) : JSON.parse(text);
};
