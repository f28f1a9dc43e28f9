/** Speaking GeoReport v2 as a client. Nothing here throws for what the other side, or the way to it, does. */
import type { AgencySystem } from "../../city/schema.ts";
import { headOf } from "../../city/text.ts";
import type { Fetched, FetchOptions, FetchRefusal } from "../../fetch/safe-fetch.ts";
import {
  tidy,
  readFiled,
  readNumber,
  readRequests,
  readUpdates,
  type TheirRequest,
  type TheirUpdate,
} from "./answers.ts";

/** What calls an address; `safeFetch` in the program. */
export type Fetch = (url: string, options: FetchOptions) => Promise<Fetched | FetchRefusal>;

/**
 * `later`: nothing came of it for now, `why` in words that name nobody; `isUnclear`: it may have arrived all the same. `refused`: they
 * understood, and will not. `unknown`: they have no such thing.
 */
export type Trouble =
  | { ok: false; kind: "later"; why: string; isUnclear: boolean }
  | { ok: false; kind: "refused" | "unknown"; why: string };

type Asked<Value> = Promise<{ ok: true; value: Value } | Trouble>;

/** What a report is there, without anything of its author; `key` is the same for the same report, however often it is posted. */
export type NewRequest = { key: string; fields: readonly (readonly [name: string, value: string])[] };

/** A system that can be spoken to; every question may end in trouble. */
export type Client = {
  /** Posts a request: its number there, or a token for it. */
  post(request: NewRequest): Asked<{ theirId: string } | { token: string }>;
  /** The number that a token stands for; null while there is none. */
  findByToken(token: string): Asked<string | null>;
  /** The requests of a time. */
  listRequests(from: Date, to: Date): Asked<TheirRequest[]>;
  findRequest(theirId: string): Asked<TheirRequest | null>;
  /** What they said in a time; `unknown` where a system has no such list. */
  listUpdates(from: Date, to: Date): Asked<TheirUpdate[]>;
};

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 5 * 1024 * 1024;
/** So much of what the other side says is repeated to admins. */
const WORDS = 200;

/** A client of this system. */
export const createClient = (
  { endpoint, jurisdictionId, format, isInside }: AgencySystem,
  key: string | null,
  fetch: Fetch,
): Client => {
  const common: [string, string][] = jurisdictionId === undefined ? [] : [["jurisdiction_id", jurisdictionId]];
  const keyed: [string, string][] = key === null ? common : [...common, ["api_key", key]];
  const limits = { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, allowPrivate: isInside };
  const addressOf = (path: string): string => `${endpoint.replace(/\/+$/, "")}/${path}.${format}`;

  const get = async <Value>(
    path: string,
    params: readonly [string, string][],
    read: (text: string) => Value | null,
  ): Asked<Value> => {
    // The key is for posting: in the address of a question it would stand in logs.
    const query = new URLSearchParams([...common, ...params]).toString();
    return judge(await fetch(query === "" ? addressOf(path) : `${addressOf(path)}?${query}`, limits), read);
  };
  const within = (from: Date, to: Date): [string, string][] => [
    ["start_date", toW3c(from)],
    ["end_date", toW3c(to)],
  ];

  return {
    post: async (request) =>
      judge(
        await fetch(addressOf("requests"), {
          ...limits,
          method: "POST",
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            "idempotency-key": request.key,
          },
          body: new URLSearchParams([
            ...keyed,
            ...request.fields.map(([name, value]): [string, string] => [name, value]),
          ]).toString(),
        }),
        (text) => readFiled(format, text),
      ),
    findByToken: async (token) => {
      const found = await get(`tokens/${encodeURIComponent(token)}`, [], (text) => readNumber(format, text));
      return found.ok ? { ok: true, value: found.value.number } : found;
    },
    listRequests: (from, to) => get("requests", within(from, to), (text) => readRequests(format, text)),
    findRequest: async (theirId) => {
      const found = await get(`requests/${encodeURIComponent(theirId)}`, [], (text) => readRequests(format, text));
      return found.ok ? { ok: true, value: found.value.find((one) => one.theirId === theirId) ?? null } : found;
    },
    listUpdates: (from, to) => get("servicerequestupdates", within(from, to), (text) => readUpdates(format, text)),
  };
};

/** The spec's moments have no milliseconds. */
const toW3c = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, "Z");

/** Calls that never reached anybody; whatever else ends without an answer may have. */
const NEVER_ARRIVED = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH"]);

const judge = <Value>(
  fetched: Fetched | FetchRefusal,
  read: (text: string) => Value | null,
): { ok: true; value: Value } | Trouble => {
  if (!fetched.ok) {
    const isUnclear = WITHOUT_END.has(fetched.why) && !NEVER_ARRIVED.has(fetched.code ?? "");
    return later(fetched.code === undefined ? fetched.why : `${fetched.why} (${fetched.code})`, isUnclear);
  }
  const { status, bytes } = fetched;
  if (status >= 200 && status < 300) {
    const value = read(new TextDecoder().decode(bytes));
    return value === null ? later("an answer nobody can read", true) : { ok: true, value };
  }
  const why = `${status} ${wordsOf(bytes)}`.trim();
  if (status === 404 || status === 410) return { ok: false, kind: "unknown", why };
  // A wrong key or address is a matter of the settings: everything waits until it is put right.
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return later(why, false);
  if (status === 408 || status === 425 || status === 429) return later(why, false);
  return status >= 500 ? later(why, true) : { ok: false, kind: "refused", why };
};

const WITHOUT_END = new Set<FetchRefusal["why"]>(["unreachable", "timed_out", "aborted", "too_large"]);

const later = (why: string, isUnclear: boolean): Trouble => ({ ok: false, kind: "later", why, isUnclear });

/** What an error says, without its markup. */
const wordsOf = (bytes: Uint8Array): string =>
  headOf(
    tidy(
      new TextDecoder()
        .decode(bytes.subarray(0, 4000))
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " "),
    ),
    WORDS,
  );
