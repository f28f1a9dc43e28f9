/** The OpenAPI document walked: whatever it says there is, is there and answers as it says. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { castOfLife, live, anOriginal } from "../../../support/life.ts";
import { FILING, freshOpen311, type Open311 } from "../../../support/open311.ts";
import { hoursAfter, NOON } from "../../../support/people.ts";

type Schema = Parameters<typeof z.fromJSONSchema>[0];
type Content = Record<string, { schema: Schema }>;
type Operation = {
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content: Content }>;
};
type Document = { openapi: string; servers: { url: string }[]; paths: Record<string, Record<string, Operation>> };

let api: Open311;
let document: Document;
let parts: Record<string, string>;
beforeAll(async () => {
  api = await freshOpen311({ now: () => hoursAfter(NOON, 24) });
  const cast = await castOfLife(api, NOON);
  const originalId = await anOriginal(api, cast, NOON);
  const { report } = await live(api, { cast, originalId }, "closed", NOON);
  const filed = await api.file(
    { ...FILING, description: "Не горит фонарь у школы" },
    { headers: { prefer: "respond-async" } },
  );
  const [{ token } = { token: "" }] = filed.value as { token: string }[];
  parts = { service_code: "yard-light", service_request_id: String(report.id), token };
  document = JSON.parse((await api.get("/open311/openapi.json?lang=en")).text) as Document;
});
afterAll(() => api.store.close());

const operations = (method: "get" | "post") =>
  Object.entries(document.paths).flatMap(([path, methods]) => {
    const operation = methods[method];
    return operation === undefined ? [] : [{ path, operation }];
  });

const toAddress = (path: string, format: string, told = parts): string =>
  path
    .slice(1)
    .replace("{format}", format)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => told[name] ?? "missing");

const check = (schema: Schema | undefined, value: unknown): void => {
  if (schema === undefined) throw new Error("The document says nothing of this answer");
  const read = z.fromJSONSchema(schema).safeParse(value);
  expect(read.success ? [] : read.error.issues).toEqual([]);
};

test("the document is OpenAPI and names the address it is served from", () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.servers).toEqual([{ url: "https://otklik.example.org/open311/v2" }]);
  expect(Object.keys(document.paths).toSorted()).toEqual(
    [
      "/discovery.{format}",
      "/requests.{format}",
      "/requests/{service_request_id}.{format}",
      "/services.{format}",
      "/services/{service_code}.{format}",
      "/servicerequestupdates.{format}",
      "/tokens/{token}.{format}",
    ].toSorted(),
  );
});

describe("every route of the document", () => {
  test("answers as it says, and with something to check", async () => {
    for (const { path, operation } of operations("get")) {
      const { status, value } = await api.ask(`${toAddress(path, "json")}?extensions=true`);
      expect([path, status]).toEqual([path, 200]);
      expect([path, JSON.stringify(value)]).not.toEqual([path, "[]"]);
      check(operation.responses["200"]?.content["application/json"]?.schema, value);
      expect((await api.ask(toAddress(path, "xml"))).status).toBe(200);
    }
  });

  test("takes every parameter it names, and tells what is expected of it in words", async () => {
    for (const { path, operation } of operations("get")) {
      for (const { name, description, ...parameter } of operation.parameters) {
        if (parameter.in !== "query" || ["jurisdiction_id", "lang"].includes(name)) continue;
        const refused = await api.ask(`${toAddress(path, "json")}?lang=en&${name}=%2A`);
        const isRead = refused.status === 400 && refused.text.includes(name);
        // Any text may be the code of a service; what is none is not found.
        const isUnknown = name === "service_code" && refused.status === 404;
        expect([path, name, isRead || isUnknown]).toEqual([path, name, true]);
        expect(description).not.toMatch(/^open311:|\{\{/);
      }
    }
  });

  test("refuses as it says", async () => {
    for (const { path, operation } of operations("get")) {
      const { status, value } = await api.ask(`${toAddress(path, "json")}?jurisdiction_id=city.gov`);
      expect([path, status]).toEqual([path, 404]);
      check(operation.responses["404"]?.content["application/json"]?.schema, value);
    }
  });

  test("takes a filing, answers and refuses as it says", async () => {
    const [{ operation } = { operation: undefined }] = operations("post");
    const fields = operation?.requestBody?.content["application/x-www-form-urlencoded"]?.schema;
    check(fields, { ...FILING, api_key: api.key });
    const filed = await api.file(FILING);
    check(operation?.responses["200"]?.content["application/json"]?.schema, filed.value);
    const refused = await api.file({ ...FILING, api_key: "xyz" });
    check(operation?.responses["403"]?.content["application/json"]?.schema, refused.value);
  });
});
