import { and, eq, gt } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import type { Resident } from "../queries/residents.ts";
import { residents } from "../schema/residents.ts";

/**
 * Writes down who wrote to the bot: a newcomer is added, somebody known gets their present name and counts as reachable again.
 * The language of a person we know stays what they chose.
 */
export const saveResident = async (
  db: Db | Tx,
  person: { telegramId: number; name: string; locale: string },
  now: Date,
): Promise<Resident> => {
  const [saved] = await db
    .insert(residents)
    .values({ ...person, createdAt: now })
    .onConflictDoUpdate({ target: residents.telegramId, set: { name: person.name, blockedAt: null } })
    .returning();
  if (!saved) throw new Error("The resident was not saved");
  return saved;
};

/** Changes what a resident chose for themselves. */
export const updateResident = async (
  tx: Tx | Db,
  residentId: number,
  change: Partial<
    Pick<Resident, "locale" | "consentVersion" | "consentAt" | "quietFrom" | "quietUntil" | "wantsDigest">
  >,
): Promise<Resident> => {
  const [saved] = await tx.update(residents).set(change).where(eq(residents.id, residentId)).returning();
  if (!saved) throw new Error(`No resident ${residentId}`);
  return saved;
};

/** Bans a person, or ends a ban; false when there was nothing to end at the moment `endedAt`. */
export const saveBan = async (
  tx: Tx,
  residentId: number,
  ban: Pick<Resident, "bannedUntil" | "banReason">,
  endedAt: Date | null = null,
): Promise<boolean> => {
  const which = eq(residents.id, residentId);
  const saved = await tx
    .update(residents)
    .set(ban)
    .where(endedAt === null ? which : and(which, gt(residents.bannedUntil, endedAt)))
    .returning({ id: residents.id });
  return saved.length > 0;
};

/** A person as far as erasing them needs to know. */
export type ClaimedPerson = Pick<Resident, "id" | "telegramId" | "phone" | "name" | "bannedUntil">;

/**
 * Locks a person against being erased twice; whoever writes something of theirs down meanwhile is not held up. Null when there is no such
 * person, or nothing of them is left.
 */
export const claimPerson = async (tx: Tx, residentId: number): Promise<ClaimedPerson | null> => {
  const [person] = await tx.select().from(residents).where(eq(residents.id, residentId)).for("no key update");
  if (person === undefined || (person.telegramId ?? person.name ?? person.phone) === null) return null;
  const { id, telegramId, phone, name, bannedUntil } = person;
  return { id, telegramId, phone, name, bannedUntil };
};
