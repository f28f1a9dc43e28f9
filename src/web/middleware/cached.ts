import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context, MiddlewareHandler } from "hono";
import { acceptsGzip } from "./accepts-gzip.ts";

/** What is given again is small and whole: pages and their data. Whatever streams or is large says its own Cache-Control. */
const RENDERED = /^(text\/html|text\/xml|application\/(json|geo\+json|xml|atom\+xml)|image\/svg\+xml)\b/;
const MOST_BYTES = 64 * 1024 * 1024;
/** What an entry takes besides its texts. */
const ENTRY_BYTES = 1024;
const MAX_AGE_SECONDS = 60;

type Kept = {
  until: number;
  headers: [string, string][];
  etag: string;
  plain: Uint8Array<ArrayBuffer>;
  gzipped: Promise<Uint8Array<ArrayBuffer>> | null;
};

type Options = {
  /** How long an answer is given again; 0 renders each anew and only compares ETags. */
  ms: number;
  /** What an answer depends on besides its address, e.g. the language. */
  variesBy: (c: Context) => string;
  /** How much memory it may take. */
  mostBytes?: number;
  /** Real time, in ms. */
  wireNow?: () => number;
};

const toGzip = promisify(gzip) as (bytes: Uint8Array) => Promise<Buffer<ArrayBuffer>>;

/**
 * Gives rendered public answers again for a minute, from a bounded cache in this process, and 304 to whoever has them already. While one
 * is being rendered, others who ask the same wait for it. Answers that set Cache-Control themselves pass untouched.
 */
export const cached = ({ ms, variesBy, mostBytes = MOST_BYTES, wireNow = Date.now }: Options): MiddlewareHandler => {
  const kept = new Map<string, Kept>();
  const rendering = new Map<string, Promise<Kept | null>>();
  let bytes = 0;

  const forget = (key: string): void => {
    const old = kept.get(key);
    if (old === undefined) return;
    bytes -= sizeOf(key, old);
    kept.delete(key);
  };
  const keep = (key: string, entry: Kept): void => {
    const size = sizeOf(key, entry);
    if (ms === 0 || size > mostBytes / 16) return;
    forget(key);
    kept.set(key, entry);
    bytes += size;
    for (const [oldest] of kept) {
      if (bytes <= mostBytes) break;
      forget(oldest);
    }
  };

  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
    const { url } = c.req;
    const key = `${url.slice(url.indexOf("/", 8))}\n${variesBy(c)}`;
    const now = wireNow();
    const known = kept.get(key);
    if (known !== undefined && known.until > now) return answer(c, known, ms);
    const underWay = rendering.get(key);
    if (underWay !== undefined) {
      const rendered = await underWay;
      return rendered === null ? next() : answer(c, rendered, ms);
    }

    const { promise, resolve } = Promise.withResolvers<Kept | null>();
    // Without a cache everybody's answer is their own.
    if (ms > 0) rendering.set(key, promise);
    let entry: Kept | null = null;
    try {
      await next();
      entry = await toKept(c.res, now + ms);
      if (entry === null) return undefined;
      keep(key, entry);
      // What is set over an answer takes the headers of both.
      c.res = undefined;
      c.res = await answer(c, entry, ms);
      return undefined;
    } finally {
      rendering.delete(key);
      resolve(entry);
    }
  };
};

/** Addresses are counted, too, or a million long ones with empty answers would take all the memory there is; packed, an answer is half as long at most. */
const sizeOf = (key: string, { plain }: Kept): number => ENTRY_BYTES + 2 * key.length + 1.5 * plain.length;

/** Null for what is not to be given again. */
const toKept = async (response: Response, until: number): Promise<Kept | null> => {
  const { status, headers } = response;
  if (status !== 200 || headers.has("cache-control") || !RENDERED.test(headers.get("content-type") ?? "")) return null;
  const plain = new Uint8Array(await response.arrayBuffer());
  const etag = `W/"${createHash("sha1").update(plain).digest("base64url").slice(0, 16)}"`;
  return { until, headers: [...headers], etag, plain, gzipped: null };
};

const answer = async (c: Context, entry: Kept, ms: number): Promise<Response> => {
  const { headers, etag, plain } = entry;
  const all: [string, string][] = [
    ...headers.filter(([name]) => name !== "content-length"),
    ["etag", etag],
    ["cache-control", ms === 0 ? "no-cache" : `public, max-age=${MAX_AGE_SECONDS}`],
    ["vary", "Accept-Language, Accept-Encoding"],
  ];
  if (
    c.req
      .header("if-none-match")
      ?.split(",")
      .some((tag) => tag.trim() === etag)
  ) {
    return new Response(null, { status: 304, headers: all });
  }
  if (!acceptsGzip(c.req.header("accept-encoding"))) return new Response(plain, { headers: all });
  const gzipped = await (entry.gzipped ??= toGzip(plain));
  return new Response(gzipped, { headers: [...all, ["content-encoding", "gzip"]] });
};
