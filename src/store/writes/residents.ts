import { eq } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import type { Resident } from "../queries/residents.ts";
import { residents } from "../schema/residents.ts";

/**
 * Writes down who wrote to the bot: a newcomer is added, somebody known gets their present name and counts as reachable again.
 * The language of a person we know stays what they chose.
 */
export const saveResident = async (
  db: Db,
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
  change: Partial<Pick<Resident, "locale" | "consentVersion" | "consentAt">>,
): Promise<Resident> => {
  const [saved] = await tx.update(residents).set(change).where(eq(residents.id, residentId)).returning();
  if (!saved) throw new Error(`No resident ${residentId}`);
  return saved;
};
