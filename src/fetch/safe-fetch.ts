/**
 * Calling a URL that somebody from outside gave: only https unless asked otherwise, only the open Internet, no redirects, so much and no more, for so long and
 * no longer. The name is resolved once and the connection goes to the addresses that were checked, so a resolver that changes its mind
 * between the check and the call gains nothing.
 */
import { lookup } from "node:dns/promises";
import { request as requestHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { isIPv6, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";
import { addressOf, readSafeUrl, type UrlRefusal } from "./safe-url.ts";

/** What is sent, and how much and how long is waited for. */
export type FetchOptions = {
  method?: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Of the answer's body; a longer one is refused, or (`cut`) what came until then is given. */
  maxBytes: number;
  longer?: "refused" | "cut";
  /** For all of it, from the first question to the resolver to the last byte. */
  timeoutMs: number;
  /** Ends the call early, as `aborted`. */
  signal?: AbortSignal;
  /** Where nothing secret is said: http, too. Addresses are checked as ever. */
  plainHttp?: boolean;
  /** Only where a test or a town's own network is called: http and any address. */
  allowPrivate?: boolean;
  /** Finds the addresses of a name; the system's resolver by default. */
  resolve?: (host: string) => Promise<readonly string[]>;
};

/** Why nothing was got; `code` is Node's own word for what went wrong on the way, such as ECONNREFUSED. */
export type FetchRefusal = {
  ok: false;
  why: UrlRefusal | "unresolved" | "unreachable" | "too_large" | "timed_out" | "aborted";
  code?: string;
};

/** What the other side answered, whatever its status says; names of headers are in small letters. */
export type Fetched = { ok: true; status: number; headers: Readonly<Record<string, string>>; bytes: Uint8Array };

/** Calls the URL, or says why not; never throws for what the URL or the other side does. */
export const safeFetch = async (text: string, options: FetchOptions): Promise<Fetched | FetchRefusal> => {
  const { allowPrivate = false, plainHttp = false, timeoutMs } = options;
  const read = readSafeUrl(text, { allowPrivate, plainHttp });
  if (!read.ok) return read;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  try {
    const addresses = await orAborted(signal, findAddresses(read.url, options.resolve ?? resolveBySystem));
    if (addresses.length === 0) return { ok: false, why: "unresolved" };
    // One inner address among public ones is enough to refuse: which one is called would be chance.
    if (!allowPrivate && !addresses.every(isPublicAddress)) return { ok: false, why: "not_public" };
    return await call(read.url, addresses, options, signal);
  } catch (cause) {
    if (deadline.aborted) return { ok: false, why: "timed_out" };
    if (signal.aborted) return { ok: false, why: "aborted" };
    return { ok: false, why: "unreachable", ...codeOf(cause) };
  }
};

const resolveBySystem = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** None if the name has none, or nobody knows. */
const findAddresses = async (url: URL, resolve: (host: string) => Promise<readonly string[]>) => {
  const own = addressOf(url);
  return own === null ? resolve(url.hostname).catch(() => []) : [own];
};

/** The resolver cannot be interrupted, but nobody has to wait for it. */
const orAborted = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new Error("aborted"));
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
};

const call = (
  url: URL,
  addresses: readonly string[],
  { method = "GET", headers, body, maxBytes, longer = "refused" }: FetchOptions,
  signal: AbortSignal,
): Promise<Fetched | FetchRefusal> =>
  new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method,
      // Unpacking would let a small answer become a large one.
      headers: { "accept-encoding": "identity", "user-agent": "Otklik", ...headers, ...lengthOf(body) },
      lookup: pinTo(addresses),
      // No connection is shared: one kept open would lead to the address of an earlier call.
      agent: false,
      signal,
    };
    const request = url.protocol === "https:" ? requestHttps(url, options) : requestHttp(url, options);
    request.on("error", reject);
    request.on("response", (response) => {
      readBody(response, maxBytes, longer)
        .then(resolve, reject)
        .finally(() => request.destroy());
    });
    request.end(body);
  });

const lengthOf = (body: string | Uint8Array | undefined) =>
  body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };

const pinTo = (addresses: readonly string[]): LookupFunction => {
  const pinned = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_host, options, callback) => {
    const [first] = pinned;
    if (options.all === true || first === undefined) callback(null, pinned);
    else callback(null, first.address, first.family);
  };
};

const readBody = async (
  response: IncomingMessage,
  maxBytes: number,
  longer: "refused" | "cut",
): Promise<Fetched | FetchRefusal> => {
  const chunks: Uint8Array[] = [];
  const isCut = longer === "cut";
  let size = 0;
  if (!isCut && Number(response.headers["content-length"] ?? 0) > maxBytes) return { ok: false, why: "too_large" };
  // Whoever wants no byte does not wait for one.
  if (!isCut || maxBytes > 0) {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > maxBytes) break;
    }
  }
  if (!isCut && size > maxBytes) return { ok: false, why: "too_large" };
  const headers = Object.entries(response.headersDistinct).map(([name, values = []]) => [name, values.join(", ")]);
  return {
    ok: true,
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    bytes: Buffer.concat(chunks).subarray(0, maxBytes),
  };
};

const codeOf = (cause: unknown): { code?: string } => {
  const code: unknown = typeof cause === "object" && cause !== null ? Reflect.get(cause, "code") : undefined;
  return typeof code === "string" ? { code } : {};
};
