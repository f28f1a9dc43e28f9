/** Headers, limits and the cache that stand before every public answer. */
import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { acceptsGzip } from "../../../src/web/middleware/accepts-gzip.ts";
import { cached } from "../../../src/web/middleware/cached.ts";
import { rateLimit } from "../../../src/web/middleware/rate-limit.ts";
import { securityHeaders } from "../../../src/web/middleware/security-headers.ts";

/** A request as if it came from this address. */
const from = (app: Hono, remoteAddress: string, headers: Record<string, string> = {}) =>
  app.request("/", { headers }, { incoming: { socket: { remoteAddress } } });

describe("the limit of requests", () => {
  const limited = (clock: { now: number }) =>
    new Hono()
      .use(
        rateLimit(
          { burst: 3, perSecond: 1 },
          (c) => c.text("slow down", 429),
          () => clock.now,
        ),
      )
      .get("/", (c) => c.text("here"));
  const statuses = async (times: number, request: () => Response | Promise<Response>): Promise<number[]> => {
    const all: number[] = [];
    for (let i = 0; i < times; i += 1) all.push((await request()).status);
    return all;
  };

  test("lets an address make its burst, then one after the other as time passes, and says how long to wait", async () => {
    const clock = { now: 1_000_000 };
    const app = limited(clock);
    const ask = () => from(app, "203.0.113.5");
    expect(await statuses(4, ask)).toEqual([200, 200, 200, 429]);
    const refused = await ask();
    expect(refused.headers.get("retry-after")).toBe("1");
    clock.now += 1000;
    expect(await statuses(2, ask)).toEqual([200, 429]);
    clock.now += 60_000;
    expect(await statuses(4, ask)).toEqual([200, 200, 200, 429]);
  });

  test("counts each address by itself, and a subscriber's IPv6 network as one", async () => {
    const app = limited({ now: 0 });
    expect(await statuses(3, () => from(app, "203.0.113.5"))).toEqual([200, 200, 200]);
    expect((await from(app, "203.0.113.6")).status).toBe(200);
    for (const address of ["2001:db8::1", "2001:db8:0:0:5::1", "2001:db8:0:0:0:0:0:2"]) {
      expect((await from(app, address)).status).toBe(200);
    }
    expect((await from(app, "2001:db8::ffff")).status).toBe(429);
    expect((await from(app, "2001:db8:0:1::1")).status).toBe(200);
  });

  test.each(["127.0.0.1", "::1", "10.1.2.3", "::ffff:172.20.0.2", "192.168.1.1", "fd00::1"])(
    "behind a proxy at %s it is the hop the proxy wrote that counts",
    async (proxy) => {
      const app = limited({ now: 0 });
      const as = (hops: string) => from(app, proxy, { "x-forwarded-for": hops });
      expect(await statuses(4, () => as("198.51.100.1, 203.0.113.5"))).toEqual([200, 200, 200, 429]);
      // Whoever invents hops before it stays who they are.
      expect((await as("198.51.100.77, 203.0.113.5")).status).toBe(429);
      expect((await as("203.0.113.6")).status).toBe(200);
    },
  );

  test("from anywhere else the header is somebody's invention, and so is one that is no address", async () => {
    const app = limited({ now: 0 });
    let hop = 0;
    const ask = () => from(app, "203.0.113.5", { "x-forwarded-for": `198.51.100.${(hop += 1)}` });
    expect(await statuses(4, ask)).toEqual([200, 200, 200, 429]);
    const near = () => from(app, "127.0.0.1", { "x-forwarded-for": `nobody-${(hop += 1)}` });
    expect(await statuses(4, near)).toEqual([200, 200, 200, 429]);
  });
});

describe("the cache", () => {
  const counting = (options: { ms: number; mostBytes?: number }) => {
    const clock = { now: 0 };
    const state = { rendered: 0, locale: "ru" };
    const app = new Hono()
      .use(cached({ ...options, variesBy: () => state.locale, wireNow: () => clock.now }))
      .get("/page", (c) => c.html(`<p>${state.locale} ${(state.rendered += 1)} ${c.req.query("q") ?? ""}</p>`))
      .get("/file", (c) => {
        c.header("cache-control", "public, max-age=31536000");
        return c.text(String((state.rendered += 1)));
      })
      .get("/missing", (c) => c.html(String((state.rendered += 1)), 404))
      .get("/slow", async (c) => {
        await new Promise(setImmediate);
        return c.json({ rendered: (state.rendered += 1) });
      })
      .post("/page", (c) => c.html(String((state.rendered += 1))));
    const text = async (path: string, init?: RequestInit): Promise<string> => (await app.request(path, init)).text();
    return { app, clock, state, text };
  };

  test("gives a page again for its time, by address and language, and renders it anew after", async () => {
    const { text, clock, state } = counting({ ms: 60_000 });
    expect(await text("/page")).toBe("<p>ru 1 </p>");
    clock.now = 59_999;
    expect(await text("/page")).toBe("<p>ru 1 </p>");
    expect(await text("/page?q=a")).toBe("<p>ru 2 a</p>");
    state.locale = "en";
    expect(await text("/page")).toBe("<p>en 3 </p>");
    state.locale = "ru";
    clock.now = 60_000;
    expect(await text("/page")).toBe("<p>ru 4 </p>");
  });

  test("tells browsers to keep it as long, and whoever has it that it is the same", async () => {
    const { app, clock } = counting({ ms: 60_000 });
    const first = await app.request("/page");
    expect(first.headers.get("cache-control")).toBe("public, max-age=60");
    expect(first.headers.get("vary")).toBe("Accept-Language, Accept-Encoding");
    const etag = first.headers.get("etag") ?? "";
    const same = await app.request("/page", { headers: { "if-none-match": `"other", ${etag}` } });
    expect(same.status).toBe(304);
    expect(await same.text()).toBe("");
    expect(same.headers.get("etag")).toBe(etag);
    clock.now = 61_000;
    expect((await app.request("/page", { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  test("keeps nothing that is an error, a file with its own rule, or no GET", async () => {
    const { text, app } = counting({ ms: 60_000 });
    expect([await text("/missing"), await text("/missing")]).toEqual(["1", "2"]);
    expect([await text("/file"), await text("/file")]).toEqual(["3", "4"]);
    expect((await app.request("/file")).headers.get("cache-control")).toBe("public, max-age=31536000");
    const post = { method: "POST" };
    expect([await text("/page", post), await text("/page", post)]).toEqual(["6", "7"]);
  });

  test("renders once for all who ask at the same time", async () => {
    const { text } = counting({ ms: 60_000 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => text("/slow")));
    expect(new Set(answers)).toEqual(new Set(['{"rendered":1}']));
  });

  test("takes no more memory than it may, however long the addresses and short the answers", async () => {
    const { text, state } = counting({ ms: 60_000, mostBytes: 200_000 });
    for (let i = 0; i < 100; i += 1) await text(`/page?other=${String(i).padEnd(5000, "x")}`);
    expect(state.rendered).toBe(100);
    // The last are still there, the first had to go.
    await text(`/page?other=${"99".padEnd(5000, "x")}`);
    expect(state.rendered).toBe(100);
    await text(`/page?other=${"0".padEnd(5000, "x")}`);
    expect(state.rendered).toBe(101);
  });

  test("without time renders every answer anew, and still knows what somebody has already", async () => {
    const { app, text, state } = counting({ ms: 0 });
    expect([await text("/page"), await text("/page")]).toEqual(["<p>ru 1 </p>", "<p>ru 2 </p>"]);
    const answer = await app.request("/page");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    state.rendered = 2;
    const etag = answer.headers.get("etag") ?? "";
    expect((await app.request("/page", { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  test("gives gzip to those who take it", async () => {
    const { app } = counting({ ms: 60_000 });
    const plain = await (await app.request("/page")).text();
    const zipped = await app.request("/page", { headers: { "accept-encoding": "br, gzip;q=0.8" } });
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()).toBe(plain);
  });

  test("a failure is nobody else's: those who waited try themselves", async () => {
    let tries = 0;
    const app = new Hono().use(cached({ ms: 60_000, variesBy: () => "" })).get("/", async (c) => {
      await new Promise(setImmediate);
      if ((tries += 1) === 1) throw new Error("once");
      return c.json({ tries });
    });
    app.onError((_, c) => c.text("failed", 500));
    const answers = await Promise.all([app.request("/"), app.request("/")]);
    expect(answers.map(({ status }) => status)).toEqual([500, 200]);
  });
});

test.each([
  ["gzip", true],
  ["deflate, gzip;q=1.0, *;q=0.5", true],
  ["gzip;q=0", false],
  ["gzip;q=0.5", true],
  ["br", false],
  [undefined, false],
])("«%s» takes gzip: %s", (header, takes) => expect(acceptsGzip(header)).toBe(takes));

describe("the headers", () => {
  test("let nothing inline run or style, and leave an answer its own policy", async () => {
    const app = new Hono()
      .use(securityHeaders(["https://tiles.example.org"]))
      .get("/", (c) => c.html("<p>"))
      .get("/own", (c) => c.body("", 200, { "content-security-policy": "default-src 'self'" }));
    const { headers } = await app.request("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("img-src 'self' data: https://tiles.example.org");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect((await app.request("/own")).headers.get("content-security-policy")).toBe("default-src 'self'");
  });
});
