import { hasRole } from "../report/permission.ts";
import type { StaffRole } from "../report/status.ts";
import { claimAdmins, claimGrant, endGrant } from "../store/writes/grants.ts";
import { logRefusal } from "./claim-act.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";
import { tellRoleEnded } from "./tell-role-ended.ts";

/** `gone`: it is held no more. `last_admin`: nobody could invite anybody afterwards. `named`: the settings would give it back. */
export type RemovalRefusal = { ok: false; why: "not_allowed" | "gone" | "last_admin" | "named" };

/** An admin takes a role from somebody, from the next press or command on; the row stays, for the audit tells who could do what. */
export const removeRole = async (
  deps: Deps,
  { actorId, grantId }: { actorId: number; grantId: number },
  now: Date,
): Promise<{ ok: true; residentId: number; role: StaffRole } | RemovalRefusal> => {
  const done = await deps.store.db.transaction(async (tx) => {
    // In one order for everybody, so that two admins who remove each other end with one of them.
    const admins = await claimAdmins(tx);
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" } as const;
    const grant = await claimGrant(tx, grantId);
    if (grant === null) return { ok: false, why: "gone" } as const;
    const { residentId, role, agencyId } = grant;
    if (role === "admin" && grant.grantedById === null) return { ok: false, why: "named" } as const;
    if (role === "admin" && admins.length === 1) return { ok: false, why: "last_admin" } as const;
    await endGrant(tx, grantId, now);
    const data = { residentId, role, agencyId };
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "role_removed", data }, now);
    await tellRoleEnded(tx, deps, { grantId, residentId, role, agencyId, movedTo: null }, now);
    return { ok: true, residentId, role } as const;
  });
  if (!done.ok) logRefusal(deps, { act: "remove_role", residentId: actorId, grantId, why: done.why });
  return done;
};
