import { hasRole } from "../report/permission.ts";
import { claimClientNamed, disableClient as switchOff } from "../store/writes/api-clients.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";

/** Takes a program's key away at once; what it has filed goes on. */
export const disableClient = async (
  deps: Deps,
  { actorId, name }: { actorId: number; name: string },
  now: Date,
): Promise<{ ok: true; name: string } | { ok: false; why: "not_allowed" | "unknown" }> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    const client = await claimClientNamed(tx, name);
    if (client === null) return { ok: false, why: "unknown" };
    await switchOff(tx, client.id, now);
    const data = { clientId: client.id };
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "client_disabled", data }, now);
    return { ok: true, name: client.name };
  });
