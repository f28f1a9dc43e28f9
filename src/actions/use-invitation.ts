import { hasRole } from "../report/permission.ts";
import type { StaffRole } from "../report/status.ts";
import { hasGrant } from "../store/queries/grants.ts";
import { addGrant, claimResident } from "../store/writes/grants.ts";
import { claimInvitation, saveInvitationUse } from "../store/writes/invitations.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { hashToken } from "./invitation-token.ts";
import { record } from "./record.ts";
import { tellRoleEnded } from "./tell-role-ended.ts";

/** `isNew` is false for somebody who has the role already: their invitation stays as it is. */
export type UsedInvitation =
  | { ok: true; role: StaffRole; agencyId: string | null; isHead: boolean; isNew: boolean }
  /** `expired` is also what an invitation is worth whose maker is no longer an admin. */
  | { ok: false; why: "unknown" | "expired" | "used" };

/** Turns an invitation into a role; of two people who use it at once one gets it. */
export const useInvitation = async (
  deps: Deps,
  { residentId, token }: { residentId: number; token: string },
  now: Date,
): Promise<UsedInvitation> =>
  deps.store.db.transaction(async (tx) => {
    const tokenHash = hashToken(token);
    const invitation = await claimInvitation(tx, tokenHash);
    if (invitation === null || !(await claimResident(tx, residentId))) return { ok: false, why: "unknown" };
    const { role, agencyId, isHead } = invitation;
    const has = await hasGrant(tx, { residentId, role, agencyId, isHead });
    // To anybody else it is only a used link: who holds which role is not to be tried out with it.
    if (has && (invitation.usedById === null || invitation.usedById === residentId)) {
      return { ok: true, role, agencyId, isHead, isNew: false };
    }
    if (invitation.usedById !== null) return { ok: false, why: "used" };
    const maker = await findActor(tx, invitation.createdById);
    if (now >= invitation.expiresAt || !hasRole(maker, "admin")) return { ok: false, why: "expired" };
    await saveInvitationUse(tx, tokenHash, residentId, now);
    const ended = await addGrant(tx, { residentId, role, agencyId, isHead, grantedById: invitation.createdById }, now);
    const data = { role, agencyId, ...(isHead && { isHead }) };
    await record(tx, deps, { report: null, actorId: residentId, actorRole: "resident", kind: "joined", data }, now);
    // An officer who becomes head of the same agency stays where they are.
    if (ended !== null && ended.agencyId !== agencyId) {
      await tellRoleEnded(tx, deps, { ...ended, residentId, movedTo: agencyId }, now);
    }
    return { ok: true, role, agencyId, isHead, isNew: true };
  });
