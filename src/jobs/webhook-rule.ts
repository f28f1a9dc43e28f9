/** What a partner's answer means for a delivery and for those behind it; pure. */
import type { Fetched, FetchRefusal } from "../fetch/safe-fetch.ts";

/** `refused`: just this delivery; `away`: the partner takes nothing now; `gone`: the partner wants nothing more. `why` in a word. */
export type Judgement =
  { kind: "delivered" } | { kind: "refused" | "away" | "gone"; why: string; afterSeconds: number | null };

/** Statuses that speak of what was sent and not of the partner's health. */
const ABOUT_THE_BODY: ReadonlySet<number> = new Set([400, 409, 413, 415, 422]);

/** Reads the answer to a delivery. A redirect is not followed and not an arrival. */
export const judge = (answer: Fetched | FetchRefusal): Judgement => {
  if (!answer.ok) return { kind: "away", why: answer.code ?? answer.why, afterSeconds: null };
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  const said = { why: `HTTP ${status}`, afterSeconds: readRetryAfter(headers["retry-after"]) };
  if (status === 410) return { kind: "gone", ...said };
  return { kind: ABOUT_THE_BODY.has(status) ? "refused" : "away", ...said };
};

/** Seconds only; a date there is too rare to be worth believing somebody else's clock. */
const readRetryAfter = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;

const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 24 * 3600;
/** So often a partner may refuse one delivery that it answers at all: some eight minutes, in which those behind it wait. */
const REFUSALS = 5;
const PATIENCE_HOURS = 3 * 24;

/** `dead`: this one is given up and the next is tried; `pause`: this one is given up, and an admin has to look at the partner. */
export type NextStep = { kind: "again"; at: Date } | { kind: "dead" } | { kind: "pause" };

/** What follows a try that did not arrive; all moments are wire time. `attempts` counts it, `failingSince` is when the partner took something last. */
export const afterFailure = (
  { kind, afterSeconds }: Exclude<Judgement, { kind: "delivered" }>,
  { attempts, failingSince }: { attempts: number; failingSince: Date | null },
  wireNow: Date,
  random: () => number = Math.random,
): NextStep => {
  if (kind === "gone") return { kind: "pause" };
  if (kind === "refused" && attempts >= REFUSALS) return { kind: "dead" };
  const failingMs = failingSince === null ? 0 : wireNow.getTime() - failingSince.getTime();
  if (failingMs >= PATIENCE_HOURS * 3_600_000) return { kind: "pause" };
  return { kind: "again", at: new Date(wireNow.getTime() + pauseMs(attempts, afterSeconds, random)) };
};

/** Doubled from try to try up to a day; half of it is chance, so that partners on one server do not come back together. */
const pauseMs = (attempts: number, afterSeconds: number | null, random: () => number): number => {
  const longest = Math.min(FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS);
  const asked = Math.min(afterSeconds ?? 0, LONGEST_PAUSE_SECONDS);
  return Math.ceil(Math.max((longest * (1 + random())) / 2, asked) * 1000);
};
