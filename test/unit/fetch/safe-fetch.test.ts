import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { safeFetch, type FetchOptions } from "../../../src/fetch/safe-fetch.ts";

const LIMITS = { maxBytes: 1000, timeoutMs: 10_000 } satisfies FetchOptions;
const HERE = { ...LIMITS, allowPrivate: true } satisfies FetchOptions;

/** A server of this test; its port. */
const serve = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
};

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test("What is sent arrives as it is, and the answer comes back whatever its status", async () => {
  const came: { request: IncomingMessage; body: string }[] = [];
  const port = await serve((request, response) => {
    const answer = async (): Promise<void> => {
      came.push({ request, body: await text(request) });
      response.writeHead(418, { "x-kind": "teapot", "set-cookie": ["a=1", "b=2"] }).end("short and stout");
    };
    void answer();
  });
  const got = await safeFetch(`http://127.0.0.1:${port}/hook?a=1`, {
    ...HERE,
    method: "POST",
    headers: { "content-type": "application/json", "webhook-id": "msg_1" },
    body: '{"привет":1}',
  });
  expect(got).toMatchObject({ ok: true, status: 418, headers: { "x-kind": "teapot", "set-cookie": "a=1, b=2" } });
  expect(got.ok && decode(got.bytes)).toBe("short and stout");
  expect(came[0]?.body).toBe('{"привет":1}');
  expect(came[0]?.request).toMatchObject({
    method: "POST",
    url: "/hook?a=1",
    headers: { "webhook-id": "msg_1", "content-length": "18", "accept-encoding": "identity" },
  });
});

test("The name is asked for once and the connection goes where the check looked", async () => {
  const port = await serve((request, response) => void response.end(request.headers.host));
  const asked: string[] = [];
  const got = await safeFetch(`http://partner.example.org:${port}/`, {
    ...HERE,
    resolve: async (host) => {
      asked.push(host);
      return ["127.0.0.1"];
    },
  });
  expect(got.ok && decode(got.bytes)).toBe(`partner.example.org:${port}`);
  expect(asked).toEqual(["partner.example.org"]);
});

test.each([
  ["an inner address", ["10.0.0.5"]],
  ["this machine", ["127.0.0.1"]],
  ["one inner address among public ones", ["93.184.216.34", "::ffff:192.168.0.1"]],
])("A public name that leads to %s is not called", async (_, addresses) => {
  const got = await safeFetch("https://partner.example.org/", { ...LIMITS, resolve: async () => addresses });
  expect(got).toEqual({ ok: false, why: "not_public" });
});

test("A forbidden URL is refused without asking the resolver", async () => {
  const resolve = async () => {
    throw new Error("asked");
  };
  expect(await safeFetch("http://partner.example.org/", { ...LIMITS, resolve })).toEqual({
    ok: false,
    why: "not_https",
  });
  expect(await safeFetch("https://127.0.0.1/", { ...LIMITS, resolve })).toEqual({ ok: false, why: "not_public" });
});

test("A name nobody knows is told apart from a server that does not answer", async () => {
  const unknown = async () => {
    throw new Error("ENOTFOUND");
  };
  expect(await safeFetch("https://partner.example.org/", { ...LIMITS, resolve: unknown })).toEqual({
    ok: false,
    why: "unresolved",
  });
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  expect(await safeFetch(`http://127.0.0.1:${port}/`, HERE)).toEqual({
    ok: false,
    why: "unreachable",
    code: "ECONNREFUSED",
  });
});

test("A redirect is given back and not followed", async () => {
  let calls = 0;
  const port = await serve((_, response) => {
    calls += 1;
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  expect(await safeFetch(`http://127.0.0.1:${port}/`, HERE)).toMatchObject({
    ok: true,
    status: 302,
    headers: { location: "/elsewhere" },
  });
  expect(calls).toBe(1);
});

test.each(["announced", "only sent"])(
  "An answer longer than allowed is refused, or cut, when its length is %s",
  async (how) => {
    const port = await serve((_, response) => {
      if (how === "announced") response.setHeader("content-length", 5000);
      response.end("a".repeat(5000));
    });
    const url = `http://127.0.0.1:${port}/`;
    expect(await safeFetch(url, HERE)).toEqual({ ok: false, why: "too_large" });
    const cut = await safeFetch(url, { ...HERE, longer: "cut" });
    expect(cut).toMatchObject({ ok: true, status: 200 });
    expect(cut.ok && cut.bytes.byteLength).toBe(1000);
  },
);

test("An answer without end is left as soon as it is too long", async () => {
  const port = await serve((_, response) => {
    const more = (): void => {
      if (!response.destroyed) response.write("a".repeat(500), () => setImmediate(more));
    };
    more();
  });
  expect(await safeFetch(`http://127.0.0.1:${port}/`, HERE)).toEqual({ ok: false, why: "too_large" });
});

test.each([
  ["never answers", () => undefined],
  [
    "stops in the middle",
    (_: IncomingMessage, response: Parameters<RequestListener>[1]) => {
      response.setHeader("content-length", 100);
      response.write("half");
    },
  ],
])("A server that %s is left when the time is up", async (_, listener) => {
  const port = await serve(listener);
  expect(await safeFetch(`http://127.0.0.1:${port}/`, { ...HERE, timeoutMs: 100 })).toEqual({
    ok: false,
    why: "timed_out",
  });
});

test("A resolver that never answers is left when the time is up", async () => {
  const resolve = () => new Promise<never>(() => undefined);
  expect(await safeFetch("https://partner.example.org/", { ...LIMITS, timeoutMs: 50, resolve })).toEqual({
    ok: false,
    why: "timed_out",
  });
});

test("A call is given up when the program stops", async () => {
  const stopping = new AbortController();
  const port = await serve(() => stopping.abort());
  expect(await safeFetch(`http://127.0.0.1:${port}/`, { ...HERE, signal: stopping.signal })).toEqual({
    ok: false,
    why: "aborted",
  });
});

test("A server that speaks no TLS is no partner", async () => {
  const port = await serve((_, response) => void response.end());
  expect(await safeFetch(`https://127.0.0.1:${port}/`, HERE)).toMatchObject({ ok: false, why: "unreachable" });
});

test("Whoever wants nothing of the body does not wait for it", async () => {
  const port = await serve((_, response) => {
    response.writeHead(200, { "content-length": 100 }).flushHeaders();
  });
  const wanted = { ...HERE, maxBytes: 0, longer: "cut" } as const;
  expect(await safeFetch(`http://127.0.0.1:${port}/`, wanted)).toMatchObject({ ok: true, status: 200 });
});
