import { hasRole } from "../report/permission.ts";
import type { StaffRole } from "../report/status.ts";
import { addInvitation } from "../store/writes/invitations.ts";
import type { Deps } from "./deps.ts";
import { findActor } from "./find-actor.ts";
import { createToken, hashToken } from "./invitation-token.ts";
import { record } from "./record.ts";

const VALID_HOURS = 48;

/** An admin invites somebody; `agencyId` is set for officers and for them only, `isHead` makes the officer the agency's head. */
export type CreateInvitation = { actorId: number; role: StaffRole; agencyId: string | null; isHead?: boolean };

/** Makes a single-use link's token, valid for 48 hours; it is told this once and stored as a hash. */
export const createInvitation = async (
  deps: Deps,
  { actorId, role, agencyId, isHead = false }: CreateInvitation,
  now: Date,
): Promise<
  { ok: true; token: string; expiresAt: Date } | { ok: false; why: "not_allowed" | "unknown_agency" | "agency_missing" }
> =>
  deps.store.db.transaction(async (tx) => {
    if (!hasRole(await findActor(tx, actorId), "admin")) return { ok: false, why: "not_allowed" };
    if (role === "officer" && agencyId === null) return { ok: false, why: "agency_missing" };
    const isKnown = role === "officer" && deps.city.agencies.some(({ id }) => id === agencyId);
    if (agencyId !== null && !isKnown) return { ok: false, why: "unknown_agency" };
    const token = createToken();
    const expiresAt = new Date(now.getTime() + VALID_HOURS * 3_600_000);
    const tokenHash = hashToken(token);
    await addInvitation(tx, {
      tokenHash,
      role,
      agencyId,
      isHead: isHead && role === "officer",
      createdById: actorId,
      createdAt: now,
      expiresAt,
    });
    const data = { role, agencyId, ...(isHead && { isHead }) };
    const fact = { report: null, actorId, actorRole: "admin", kind: "invited", data } as const;
    await record(tx, deps, fact, now);
    return { ok: true, token, expiresAt };
  });
