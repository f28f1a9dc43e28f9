/** Open311 GeoReport v2 under `/open311/v2`, in XML and JSON by the ending of the address, and the OpenAPI document beside it. */
import { Hono, type Context } from "hono";
import type { WebDeps } from "../deps.ts";
import { localeOf } from "../pages/frame.ts";
import { discovery } from "./discovery.ts";
import { toDocument } from "./document.ts";
import { BODY_BYTES, fileRequest } from "./file-request.ts";
import { checkJurisdiction, readParams } from "./params.ts";
import { problem, type Problem } from "./problem.ts";
import { request, requests } from "./requests.ts";
import { FORMATS, type Answer, type Asking, type Format, type Resource } from "./resource.ts";
import { serviceDefinition, services } from "./services.ts";
import { token } from "./tokens.ts";
import { updates } from "./updates.ts";
import { toXml, type Value } from "./xml.ts";

const RESOURCES: readonly Resource[] = [discovery, services, serviceDefinition, requests, request, token, updates];

/** The name of what a filing answers is that of the list it goes into. */
const FILED_ROOT = "service_requests";

const ROOT = "/open311/v2";

/** Whether the address belongs to the API, so that whatever refuses it answers in its form. */
export const isOpen311 = (c: Context): boolean => c.req.path.startsWith(`${ROOT}/`);

/** The API's routes. */
export const open311Routes = (deps: WebDeps): Hono => {
  const app = new Hono();
  app.get("/open311/openapi.json", (c) => {
    c.header("Access-Control-Allow-Origin", "*");
    return c.json(toDocument(askingOf(c, deps, "json"), RESOURCES));
  });
  app.all(`${ROOT}/*`, async (c) => {
    const { name, part, format } = readPath(c.req.path.slice(ROOT.length + 1));
    const asking = askingOf(c, deps, format ?? "xml");
    try {
      return await respond(c, asking, { name, part, format });
    } catch (error) {
      deps.log.error({ err: error, path: c.req.path }, "open311 request failed");
      return refuse(c, asking, problem(500, asking.i18n.t(asking.locale, "open311:error.internal")));
    }
  });
  return app;
};

/** The refusal of an address that asks too often, in the API's form; Retry-After is set already. */
export const refuseTooMany = (c: Context, deps: WebDeps): Response => {
  const asking = askingOf(c, deps, readPath(c.req.path).format ?? "xml");
  return refuse(c, asking, problem(429, asking.i18n.t(asking.locale, "open311:error.busy")));
};

const askingOf = (c: Context, deps: WebDeps, format: Format): Asking => {
  const { i18n, city, now } = deps;
  const base = deps.baseUrl(c);
  const locale = localeOf(c, deps);
  return { i18n, city, locale, now: now(), deps, base, endpoint: base + ROOT, format, headers: c.req.raw.headers };
};

type Path = { name: string; part: string | null; format: Format | null };

/** `services/yard-light.xml` in its parts; a part may have dots in it, the format never has. */
const readPath = (path: string): Path => {
  const [, bare = path, ending] = /^(.*)\.(xml|json)$/.exec(path) ?? [];
  const [name = "", ...rest] = bare.split("/");
  return {
    name,
    part: rest.length === 0 ? null : decode(rest.join("/")),
    format: (ending as Format | undefined) ?? null,
  };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const respond = async (c: Context, asking: Asking, { name, part, format }: Path): Promise<Response> => {
  const { i18n, locale } = asking;
  const resource = RESOURCES.find((one) => one.name === name && (one.part === null) === (part === null));
  if (resource === undefined) return refuse(c, asking, problem(404, i18n.t(locale, "open311:error.resource")));
  if (format === null) return refuse(c, asking, problem(400, i18n.t(locale, "open311:error.format")));
  const isFiling = resource === requests && c.req.method === "POST";
  if (!isFiling && c.req.method !== "GET" && c.req.method !== "HEAD") {
    const allowed = resource === requests ? "GET, POST" : "GET";
    return refuse(c, asking, problem(405, i18n.t(locale, "open311:error.method", { allowed }), { Allow: allowed }));
  }
  const answered = isFiling ? await file(c, asking) : await ask(c, asking, resource, part ?? "");
  if (!answered.ok) return refuse(c, asking, answered);
  const root = isFiling ? FILED_ROOT : resource.root;
  return send(c, asking, 200, root, answered.value, answered.headers);
};

const ask = async (c: Context, asking: Asking, resource: Resource, part: string): Promise<Answer> => {
  const given = new URL(c.req.url).searchParams;
  const read = readParams(asking, resource.params, given);
  if (!read.ok) return read;
  const foreign = checkJurisdiction(asking.deps, asking.locale, given.get("jurisdiction_id")?.trim() || undefined);
  return foreign ?? resource.run(asking, given, part);
};

const FORM = /^application\/x-www-form-urlencoded\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

const file = async (c: Context, asking: Asking): Promise<Answer> => {
  const { i18n, locale } = asking;
  if (!FORM.test(c.req.header("content-type") ?? "")) {
    return problem(400, i18n.t(locale, "open311:error.content_type"));
  }
  const bytes = await readBytes(c.req.raw.body);
  if (bytes === null) {
    return problem(413, i18n.t(locale, "open311:error.too_large", { kilobytes: BODY_BYTES / 1024 }));
  }
  return fileRequest(asking, new URLSearchParams(new TextDecoder().decode(bytes)));
};

/** Null when there is more than anybody needs; the rest is not read. */
const readBytes = async (body: ReadableStream<Uint8Array> | null): Promise<Uint8Array | null> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > BODY_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const refuse = (c: Context, asking: Asking, { code, descriptions, headers }: Problem): Response =>
  send(
    c,
    asking,
    code,
    "errors",
    descriptions.map((description) => ({ code, description })),
    { "Cache-Control": "no-store", ...headers },
  );

const send = (
  c: Context,
  { format }: Pick<Asking, "format">,
  code: 200 | Problem["code"],
  root: string,
  value: Value,
  headers: Readonly<Record<string, string>> = {},
): Response => {
  const isKept = c.req.method !== "POST";
  const body = format === "xml" ? toXml(root, value) : JSON.stringify(value);
  return c.body(body, code, {
    "Content-Type": FORMATS[format],
    // What everybody may read, a page of any site may read; to file is for programs with a key, which no page can keep.
    ...(isKept ? { "Access-Control-Allow-Origin": "*" } : { "Cache-Control": "no-store" }),
    ...headers,
  });
};
