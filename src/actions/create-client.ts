import { hasRole } from "../report/permission.ts";
import { addClient, claimClientNamed } from "../store/writes/api-clients.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { createToken, hashToken } from "./invitation-token.ts";
import { record } from "./record.ts";

/** Reports a minute, unless nobody files more than that in a day: a client that sends what it has gathered over night is no flood. */
const PER_MINUTE = 30;

/** A program may file from now on; `perDay` reports in a day of the city. */
export type CreateClient = { actorId: number; name: string; perDay: number };

/** Gives a program a key to file with; the key is told this once and stored as a hash. */
export const createClient = async (
  deps: Deps,
  { actorId, name, perDay }: CreateClient,
  now: Date,
): Promise<{ ok: true; key: string; perMinute: number } | { ok: false; why: "not_allowed" | "name_taken" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    if ((await claimClientNamed(tx, name)) !== null) return { ok: false, why: "name_taken" };
    const key = createToken();
    const perMinute = Math.min(PER_MINUTE, perDay);
    const clientId = await addClient(tx, {
      name,
      keyHash: hashToken(key),
      perDay,
      perMinute,
      createdById: actorId,
      createdAt: now,
    });
    const data = { clientId, perDay };
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "client_added", data }, now);
    return { ok: true, key, perMinute };
  });
