/** Speaking to an agency's system over a real line: what is called, what is not, and what its answers mean. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { safeFetch } from "../../../src/fetch/safe-fetch.ts";
import { readFiled, readNumber, readRequests, readUpdates } from "../../../src/jobs/open311/answers.ts";
import { createClient } from "../../../src/jobs/open311/client.ts";
import { loadSystems } from "../../../src/jobs/open311/load-systems.ts";

let server: Server;
let asked: string[];
let answer: { status: number; body: string; location?: string };
let endpoint: string;

beforeEach(async () => {
  asked = [];
  answer = { status: 200, body: "<service_requests></service_requests>" };
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status, body, location } = answer;
    response.writeHead(status, location === undefined ? {} : { location });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
});
afterEach(() => new Promise((closed) => server.close(closed)));

const system = (isInside: boolean) =>
  ({ endpoint, jurisdictionId: "msk", format: "xml", isInside, services: {} }) as const;
const request = { key: "kuntsevo-1-1-lighting", fields: [["service_code", "yard-light"]] } as const;

test("an address of this machine's network is called only where the city's file says so", async () => {
  const outside = createClient(system(false), "key", safeFetch);
  expect(await outside.post(request)).toMatchObject({ ok: false, kind: "later", isUnclear: false });
  expect(asked).toEqual([]);
  const inside = createClient(system(true), "key", safeFetch);
  expect(await inside.listRequests(new Date(0), new Date(1000))).toEqual({ ok: true, value: [] });
  expect(asked).toEqual([
    "GET /v2/requests.xml?jurisdiction_id=msk&start_date=1970-01-01T00%3A00%3A00Z&end_date=1970-01-01T00%3A00%3A01Z",
  ]);
});

test("a redirect is followed nowhere", async () => {
  answer = { status: 302, body: "", location: `${endpoint}/secret` };
  const client = createClient(system(true), null, safeFetch);
  expect(await client.post(request)).toMatchObject({ ok: false, kind: "later", isUnclear: false });
  expect(asked).toEqual(["POST /v2/requests.xml"]);
});

test.each([
  [400, "refused"],
  [404, "unknown"],
  [403, "later"],
  [429, "later"],
  [503, "later"],
])("%i means %s", async (status, kind) => {
  answer = { status, body: "<errors><error><code>1</code><description>no such thing</description></error></errors>" };
  const done = await createClient(system(true), null, safeFetch).post(request);
  expect(done).toMatchObject({ ok: false, kind, why: `${status} 1 no such thing` });
});

test("nobody listening means that nothing arrived", async () => {
  await new Promise((closed) => server.close(closed));
  const done = await createClient(system(true), null, safeFetch).post(request);
  expect(done).toMatchObject({ ok: false, kind: "later", isUnclear: false });
});

describe("an answer", () => {
  const example = (name: string, format: "xml" | "json") =>
    readFile(new URL(`../../fixtures/open311/${name}.${format}`, import.meta.url), "utf8");

  test.each(["xml", "json"] as const)("of the specification is understood, in %s", async (format) => {
    expect(readRequests(format, await example("requests", format))).toMatchObject([
      { theirId: "638344", isClosed: true, words: "Duplicate request." },
      { theirId: "638349", isClosed: false, words: "" },
    ]);
    expect(readUpdates(format, await example("updates", format))).toMatchObject([
      { id: "638344", theirId: "1", isClosed: false, words: "This is a note", photoUrl: null },
    ]);
    expect(readFiled(format, await example("filed", format))).toEqual({ theirId: "293944" });
    expect(readNumber(format, await example("token", format))).toEqual({ number: "638344" });
  });

  test("may write numbers as numbers, leave fields out, and call a request by a word of its own", () => {
    const told = [
      { service_request_id: 7, status: "fixed - council", update_id: 3, media_url: null },
      { status: "open" },
    ];
    expect(readUpdates("json", JSON.stringify(told))).toEqual([
      { id: "3", theirId: "7", isClosed: true, words: "", photoUrl: null, at: null },
    ]);
    expect(readFiled("json", '[{"service_request_id":"","token":"t"}]')).toEqual({ token: "t" });
    expect(readNumber("json", '[{"token":"t"}]')).toEqual({ number: null });
  });

  test("comes without what no database keeps", async () => {
    const told = [
      { service_request_id: "7\0", update_id: "\ud83d3", status: "closed", description: "Сде\0лано \ud83d" },
    ];
    expect(readUpdates("json", JSON.stringify(told))).toMatchObject([{ id: "3", theirId: "7", words: "Сделано" }]);
    answer = { status: 400, body: `${"a".repeat(199)}😀\0` };
    const refused = await createClient(system(true), null, safeFetch).post(request);
    expect(refused).toMatchObject({ why: `400 ${"a".repeat(199)}` });
  });

  test.each(["entities that grow", "elements within elements"])("of endless %s is none", (kind) => {
    const grown = `<!DOCTYPE a [<!ENTITY a "${"x".repeat(9000)}">]><service_requests>${"&a;".repeat(200_000)}</service_requests>`;
    const body = kind.startsWith("entities") ? grown : "<service_requests>".repeat(50_000);
    expect(readRequests("xml", body)).toBeNull();
  });

  test.each(["", "<html>", "<service_requests><request>", "<other/>", "[", "{}", "null", '"x"'])(
    "%j is none",
    (body) => {
      for (const format of ["xml", "json"] as const) {
        expect([readRequests(format, body), readUpdates(format, body), readFiled(format, body)]).toEqual([
          null,
          null,
          null,
        ]);
      }
    },
  );
});

test("a key is read from its file, and every file that will not do is named", async () => {
  const dir = await mkdtemp(join(tmpdir(), "otklik-keys-"));
  try {
    const [good, empty, missing] = ["good", "empty", "missing"].map((name) => join(dir, name));
    await writeFile(good ?? "", " secret \n");
    await writeFile(empty ?? "", "\n");
    const agency = (id: string, keyFile: string | undefined) => ({
      ...{ id, name: { ru: id }, shortName: { ru: id } },
      open311: { ...system(true), keyFile },
    });
    expect(await loadSystems({ agencies: [agency("a", good)] }, safeFetch)).toMatchObject({ ok: true });
    expect(await loadSystems({ agencies: [agency("b", empty), agency("c", missing)] }, safeFetch)).toEqual({
      ok: false,
      faults: [
        { agencyId: "b", file: empty, message: "is empty; write the key into it" },
        { agencyId: "c", file: missing, message: "does not exist" },
      ],
    });
  } finally {
    await rm(dir, { recursive: true });
  }
});
