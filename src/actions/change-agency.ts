import { hasRole } from "../report/permission.ts";
import { addGrant, claimResident } from "../store/writes/grants.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { record } from "./record.ts";
import { tellRoleEnded } from "./tell-role-ended.ts";

/** Why an officer stays where they are. */
export type AgencyRefusal = { ok: false; why: "not_allowed" | "unknown_agency" | "not_an_officer" | "same_agency" };

/** An admin moves an officer to another agency; from the next press on they see and answer its reports, and no others. A head stops being one. */
export const changeAgency = async (
  deps: Deps,
  { actorId, residentId, agencyId }: { actorId: number; residentId: number; agencyId: string },
  now: Date,
): Promise<{ ok: true; from: string } | AgencyRefusal> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    if (!deps.city.agencies.some(({ id }) => id === agencyId)) return { ok: false, why: "unknown_agency" };
    if (!(await claimResident(tx, residentId))) return { ok: false, why: "not_an_officer" };
    const { grants } = await findActor(tx, residentId);
    const from = grants.find(({ role }) => role === "officer")?.agencyId ?? null;
    if (from === null) return { ok: false, why: "not_an_officer" };
    if (from === agencyId) return { ok: false, why: "same_agency" };
    const ended = await addGrant(tx, { residentId, role: "officer", agencyId, grantedById: actorId }, now);
    const data = { residentId, from, to: agencyId };
    await record(tx, deps, { report: null, actorId, actorRole: "admin", kind: "agency_changed", data }, now);
    if (ended !== null) await tellRoleEnded(tx, deps, { ...ended, residentId, movedTo: agencyId }, now);
    return { ok: true, from };
  });
