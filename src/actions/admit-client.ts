import { findClientByKey } from "../store/queries/api-clients.ts";
import { reserveRate } from "../store/writes/rates.ts";
import type { Deps } from "./deps.ts";
import { hashToken } from "./invitation-token.ts";

/** A client that may file now, or why not; `inMs` of wire time until it is worth asking again. */
export type Admitted =
  { ok: true; clientId: number } | { ok: false; why: "unknown" } | { ok: false; why: "too_fast"; inMs: number };

/** Who comes with this key, and whether they come too often; wire time, for a rate is about the real seconds between two calls. */
export const admitClient = async (
  { store: { db } }: Pick<Deps, "store">,
  key: string,
  wireNow: Date,
): Promise<Admitted> => {
  const client = await findClientByKey(db, hashToken(key));
  if (client === null) return { ok: false, why: "unknown" };
  const rate = { intervalMs: Math.ceil(60_000 / client.perMinute), burst: client.perMinute };
  const { isKept, inMs } = await reserveRate(db, `client:${client.id}`, rate, 1, wireNow, 0);
  return isKept ? { ok: true, clientId: client.id } : { ok: false, why: "too_fast", inMs };
};
