/** A picture whose address a program named: fetched as a stranger's address has to be, and never larger than a photo is. */
import { safeFetch, type FetchOptions } from "../fetch/safe-fetch.ts";
import type { FetchedPhoto, FetchWebPhoto } from "../report/photo.ts";

const MAX_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
/** Picture hosts send callers on once or twice; more is a ring. */
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Answers after which another try may do: too early, too many, and whatever is wrong on their side. */
const isPassing = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

/** With options for a test's own server; without any, as the program fetches. */
export const createFetchWebPhoto =
  (options: Pick<FetchOptions, "allowPrivate" | "resolve"> = {}): FetchWebPhoto =>
  async (url, signal) => {
    const deadline = Date.now() + TIMEOUT_MS;
    let next = url;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      // Every address on the way is as strange as the first one, and checked as it was.
      const fetched = await safeFetch(next, {
        ...options,
        signal,
        plainHttp: true,
        maxBytes: MAX_BYTES,
        timeoutMs: Math.max(1, deadline - Date.now()),
      });
      if (!fetched.ok) return refused(fetched.why);
      const { status, headers, bytes } = fetched;
      if (status >= 200 && status < 300) return { ok: true, bytes };
      const target = REDIRECTS.has(status) ? URL.parse(headers["location"] ?? "", next) : null;
      if (target === null) return isPassing(status) ? later : gone(`answered ${status}`);
      next = target.href;
    }
    return gone("sent on too often");
  };

/** Fetches as the program does: the open Internet only. */
export const fetchWebPhoto = createFetchWebPhoto();

const later = { ok: false, why: "retry", afterSeconds: null } as const satisfies FetchedPhoto;
const gone = (words: string): FetchedPhoto => ({ ok: false, why: "gone", words });

const refused = (why: Extract<Awaited<ReturnType<typeof safeFetch>>, { ok: false }>["why"]): FetchedPhoto => {
  switch (why) {
    case "unresolved":
    case "unreachable":
    case "timed_out":
    case "aborted":
      return later;
    case "bad_url":
    case "not_https":
    case "has_credentials":
    case "not_public":
    case "too_large":
      return gone(why);
  }
};
