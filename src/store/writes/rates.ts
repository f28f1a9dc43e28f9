/** The generic cell rate algorithm on one row per key: a bucket that all processes share and that never lets a burst through twice. */
import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { rates } from "../schema/chats.ts";

/** One message each `intervalMs`, and at most `burst` of them at once after a rest. */
export type Rate = { intervalMs: number; burst: number };

/**
 * Keeps the next turn of a key's rate for `cost` messages: in how many ms it is, by wire time `now`. One that is more than `horizonMs`
 * away is not kept, and its `inMs` is the time until it would be: a horizon of 0 means now or not at all.
 */
export const reserveRate = async (
  db: Db,
  key: string,
  { intervalMs, burst }: Rate,
  cost: number,
  now: Date,
  horizonMs: number,
): Promise<{ isKept: boolean; inMs: number }> => {
  // The row counts whole ms: a part of one is spent as a whole one so often that the rate comes out.
  const spent = Math.floor(cost * intervalMs + Math.random());
  const arrival = sql`greatest(${rates.arrivalMs}, ${now.getTime()}::bigint) + ${spent}::bigint`;
  const latest = Math.round(now.getTime() + burst * intervalMs + horizonMs);
  const kept = await db
    .insert(rates)
    .values({ key, arrivalMs: now.getTime() + spent })
    .onConflictDoUpdate({
      target: rates.key,
      set: { arrivalMs: arrival },
      setWhere: sql`${arrival} <= ${latest}::bigint`,
    })
    .returning({ arrivalMs: rates.arrivalMs });
  const turnOf = (arrivalMs: number): number => Math.max(0, arrivalMs - Math.round(burst * intervalMs) - now.getTime());
  if (kept[0] !== undefined) return { isKept: true, inMs: turnOf(kept[0].arrivalMs) };
  const [row] = await db.select({ arrivalMs: rates.arrivalMs }).from(rates).where(eq(rates.key, key));
  return { isKept: false, inMs: Math.max(1, turnOf((row?.arrivalMs ?? 0) + spent) - horizonMs) };
};

/** Lets no turn of a key come before a moment of wire time. */
export const holdRate = async (db: Db, key: string, { intervalMs, burst }: Rate, until: Date): Promise<void> => {
  const arrivalMs = Math.ceil(until.getTime() + (burst - 1) * intervalMs);
  await db
    .insert(rates)
    .values({ key, arrivalMs })
    .onConflictDoUpdate({
      target: rates.key,
      set: { arrivalMs: sql`greatest(${rates.arrivalMs}, ${arrivalMs}::bigint)` },
    });
};

/** Whether a key has no turn at this moment of wire time. */
export const isRateHeld = async (db: Db, key: string, now: Date): Promise<boolean> =>
  (await db.$count(rates, and(eq(rates.key, key), gt(rates.arrivalMs, now.getTime())))) > 0;

/** Removes the rows of keys that have rested since before a moment of wire time: an absent row is a rested one. */
export const removeRestedRates = async (db: Db, before: Date): Promise<void> => {
  await db.delete(rates).where(lt(rates.arrivalMs, before.getTime()));
};
