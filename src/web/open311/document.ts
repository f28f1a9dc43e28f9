/** The OpenAPI document, written from the same table and schemas that answer. */
import { z } from "zod";
import { Errors, Filed } from "./answers.ts";
import { FIELDS, IGNORED } from "./file-request.ts";
import { expectedOf, type ParamName } from "./params.ts";
import { FORMATS, type Asking, type Resource } from "./resource.ts";

type Json = { readonly [name: string]: unknown };

/** An OpenAPI 3.1 document of these resources and of filing. */
export const toDocument = (
  asking: Pick<Asking, "i18n" | "locale" | "endpoint" | "city">,
  resources: readonly Resource[],
): Json => {
  const paths = new Map<string, Json>();
  for (const resource of resources) {
    const path = pathOf(resource);
    paths.set(path, { ...paths.get(path), get: toOperation(asking, resource) });
  }
  paths.set("/requests.{format}", { ...paths.get("/requests.{format}"), post: POST });
  return {
    openapi: "3.1.0",
    info: {
      title: `Open311 GeoReport v2, ${asking.city.id}`,
      version: "2",
      description: "http://wiki.open311.org/GeoReport_v2",
    },
    servers: [{ url: asking.endpoint }],
    paths: Object.fromEntries(paths),
  };
};

/** Where a resource is, e.g. `/services/{service_code}.{format}`. */
const pathOf = ({ name, part }: Pick<Resource, "name" | "part">): string =>
  `/${name}${part === null ? "" : `/{${part}}`}.{format}`;

const FORMAT: Json = {
  name: "format",
  in: "path",
  required: true,
  schema: { type: "string", enum: Object.keys(FORMATS) },
};

const toOperation = (asking: Pick<Asking, "i18n" | "locale">, { summary, part, params, answer }: Resource): Json => ({
  summary,
  parameters: [
    FORMAT,
    ...(part === null ? [] : [{ name: part, in: "path", required: true, schema: { type: "string" } }]),
    ...Object.entries(params).map(([name, schema]) => ({
      name,
      in: "query",
      required: false,
      description: expectedOf(asking, name as ParamName),
      schema: toSchema(schema, "input"),
    })),
  ],
  responses: responses(answer, [400, 404, 405, 429, 500]),
});

const POST: Json = {
  summary: "File a service request",
  parameters: [
    FORMAT,
    { name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 200 } },
    { name: "Prefer", in: "header", required: false, schema: { type: "string", enum: ["respond-async"] } },
  ],
  requestBody: {
    required: true,
    content: {
      "application/x-www-form-urlencoded": {
        schema: {
          ...toSchema(FIELDS, "input"),
          description: `Accepted and thrown away: ${IGNORED.join(", ")}.`,
          patternProperties: { "^attribute\\[[^\\]]+\\]$": { type: "string" } },
        },
      },
    },
  },
  responses: responses(Filed, [400, 403, 404, 405, 413, 429, 500]),
};

function responses(answer: z.ZodType, codes: readonly number[]): Json {
  const toContent = (schema: z.ZodType): Json => ({
    "application/json": { schema: toSchema(schema, "output") },
    "text/xml": { schema: { type: "string" } },
  });
  return {
    "200": { description: "OK", content: toContent(answer) },
    ...Object.fromEntries(codes.map((code) => [String(code), { description: "Errors", content: toContent(Errors) }])),
  };
}

function toSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
