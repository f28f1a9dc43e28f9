import type { City } from "../city/schema.ts";
import type { Log } from "../log.ts";
import type { Counted } from "../report/statistics.ts";
import { countingOf } from "../report/statistics-period.ts";
import type { Db } from "../store/open.ts";
import { countReports } from "../store/queries/statistics.ts";

/** Gives everything that was counted, a little old: `asOf` says when. */
export type ReadStatistics = () => Promise<Counted>;

/** What is counted is good for a minute, and for as long as counting takes no more than a three-hundredth of the time, up to ten minutes. */
const FRESH_MS = { least: 60_000, most: 600_000, perMsOfCounting: 300 };

/** Older than that it is not shown while a new count runs; people wait for the new one. */
const STALE_MS = 3_600_000;

/** A count that took no longer is waited for: nobody notices, and everybody reads what is true now. */
const QUICK_MS = 200;

type Deps = {
  db: Db;
  city: Pick<City, "timeZone">;
  /** City time, in which the figures are said; it may travel. */
  now: () => Date;
  log: Log;
  /** How long a count is good however quick it was; a minute unless given. */
  leastMs?: number;
  /** What counts and the clock that runs on; given by tests only. */
  count?: (now: Date) => Promise<Counted>;
  wireMs?: () => number;
};

/**
 * Counts at most once at a time and keeps the result. Where counting is slow, who comes after it went old gets it once more while it is counted
 * anew, so that nobody waits for a pass over a million reports but the first.
 */
export const createStatistics = ({ db, city, now, log, ...given }: Deps): ReadStatistics => {
  const count = given.count ?? ((moment: Date) => countReports(db, countingOf(city, moment)));
  const leastMs = given.leastMs ?? FRESH_MS.least;
  const wireMs = given.wireMs ?? (() => performance.now());
  let kept: { counted: Counted; atMs: number; freshMs: number; tookMs: number } | null = null;
  let counting: Promise<Counted> | null = null;

  const countAnew = async (): Promise<Counted> => {
    const atMs = wireMs();
    try {
      const counted = await count(now());
      const tookMs = wireMs() - atMs;
      const freshMs = Math.min(FRESH_MS.most, Math.max(leastMs, tookMs * FRESH_MS.perMsOfCounting));
      kept = { counted, atMs, freshMs, tookMs };
      return counted;
    } finally {
      counting = null;
    }
  };

  return async () => {
    if (kept === null) return (counting ??= countAnew());
    const { counted, atMs, freshMs, tookMs } = kept;
    const ageMs = wireMs() - atMs;
    // City time that was moved ages the figures as much as time that passes.
    const agedMs = Math.max(ageMs, Math.abs(now().getTime() - counted.asOf.getTime()));
    if (agedMs < freshMs) return counted;
    const next = (counting ??= countAnew());
    if (agedMs >= STALE_MS) return next;
    const orKept = next.catch((err: unknown) => {
      log.error({ err }, "statistics could not be counted");
      return counted;
    });
    return tookMs <= QUICK_MS ? orKept : counted;
  };
};
