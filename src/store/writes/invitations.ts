import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "../db.ts";
import { invitations, type InvitationRow } from "../schema/staff.ts";

/** Writes an invitation down; nobody has used it yet. */
export const addInvitation = async (tx: Tx, invitation: Omit<InvitationRow, "usedById" | "usedAt">): Promise<void> => {
  await tx.insert(invitations).values(invitation);
};

/** Locks an invitation for the rest of the transaction, so that only one of two who use it at once does. */
export const claimInvitation = async (tx: Tx, tokenHash: string): Promise<InvitationRow | null> => {
  const [invitation] = await tx.select().from(invitations).where(eq(invitations.tokenHash, tokenHash)).for("update");
  return invitation ?? null;
};

/** Uses a claimed invitation up. */
export const saveInvitationUse = async (tx: Tx, tokenHash: string, usedById: number, now: Date): Promise<void> => {
  const used = await tx
    .update(invitations)
    .set({ usedById, usedAt: now })
    .where(and(eq(invitations.tokenHash, tokenHash), isNull(invitations.usedById)))
    .returning({ tokenHash: invitations.tokenHash });
  if (used.length !== 1) throw new Error("The invitation was used already");
};
