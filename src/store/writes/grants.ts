import { and, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import type { Grant } from "../../report/permission.ts";
import type { Tx } from "../db.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** Locks what a resident may do, so that two grants to one person follow each other; false if there is no such person. */
export const claimResident = async (tx: Tx, residentId: number): Promise<boolean> => {
  const found = await tx.select({ id: residents.id }).from(residents).where(eq(residents.id, residentId)).for("update");
  return found.length > 0;
};

type GrantedTo = { residentId: number; isHead?: boolean; grantedById: number };

/** Gives a role; the same role in another agency ends with it, and is returned. The resident has to be claimed. */
export const addGrant = async (
  tx: Tx,
  { residentId, role, agencyId, isHead = false, grantedById }: Grant & GrantedTo,
  now: Date,
): Promise<(Grant & { grantId: number }) | null> => {
  const [ended] = await tx
    .update(grants)
    .set({ removedAt: now })
    .where(and(eq(grants.residentId, residentId), eq(grants.role, role), isNull(grants.removedAt)))
    .returning({ grantId: grants.id, role: grants.role, agencyId: grants.agencyId });
  await tx.insert(grants).values({ residentId, role, agencyId, isHead, grantedById, grantedAt: now });
  return ended ?? null;
};

/** Makes these residents admins in the name of the settings; tells which of them were not yet. */
export const addNamedAdmins = async (tx: Tx, residentIds: readonly number[], now: Date): Promise<number[]> => {
  if (residentIds.length === 0) return [];
  const added = await tx
    .insert(grants)
    .values(residentIds.map((residentId) => ({ residentId, role: "admin" as const, grantedAt: now })))
    // Two processes that start at once both try.
    .onConflictDoNothing({ target: [grants.residentId, grants.role], where: sql`${grants.removedAt} is null` })
    .returning({ residentId: grants.residentId });
  return added.map(({ residentId }) => residentId);
};

/** Takes the admin role from those who have it from the settings only and are not named there any more; tells from whom. */
export const removeUnnamedAdmins = async (
  tx: Tx,
  named: readonly number[],
  now: Date,
): Promise<{ grantId: number; residentId: number }[]> => {
  const removed = await tx
    .update(grants)
    .set({ removedAt: now })
    .where(
      and(
        eq(grants.role, "admin"),
        isNull(grants.grantedById),
        isNull(grants.removedAt),
        notInArray(grants.residentId, [...named]),
      ),
    )
    .returning({ grantId: grants.id, residentId: grants.residentId });
  return removed;
};

/** The residents with these Telegram ids, added where they never wrote; in the order of their ids. */
export const ensureResidents = async (
  tx: Tx,
  telegramIds: readonly number[],
  locale: string,
  now: Date,
): Promise<number[]> => {
  if (telegramIds.length === 0) return [];
  await tx
    .insert(residents)
    .values(telegramIds.map((telegramId) => ({ telegramId, locale, createdAt: now })))
    .onConflictDoNothing({ target: residents.telegramId });
  const found = await tx
    .select({ id: residents.id })
    .from(residents)
    .where(inArray(residents.telegramId, [...telegramIds]))
    .orderBy(residents.id);
  return found.map(({ id }) => id);
};

/** Locks all admins there are, in one order; who they are. */
export const claimAdmins = async (tx: Tx): Promise<number[]> => {
  const admins = await tx
    .select({ residentId: grants.residentId })
    .from(grants)
    .where(and(eq(grants.role, "admin"), isNull(grants.removedAt)))
    .orderBy(grants.id)
    .for("update");
  return admins.map(({ residentId }) => residentId);
};

/** Locks a role that is held now; null when it is not (any more). */
export const claimGrant = async (tx: Tx, grantId: number): Promise<typeof grants.$inferSelect | null> => {
  const [grant] = await tx
    .select()
    .from(grants)
    .where(and(eq(grants.id, grantId), isNull(grants.removedAt)))
    .for("update");
  return grant ?? null;
};

/** Ends a role for good; its row stays. */
export const endGrant = async (tx: Tx, grantId: number, now: Date): Promise<void> => {
  await tx.update(grants).set({ removedAt: now }).where(eq(grants.id, grantId));
};
