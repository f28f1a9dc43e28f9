import { and, eq, isNull } from "drizzle-orm";
import type { Grant } from "../../report/permission.ts";
import type { Db } from "../db.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** The staff roles a resident holds at this moment. */
export const listGrants = (db: Db, residentId: number): Promise<Grant[]> =>
  db
    .select({ role: grants.role, agencyId: grants.agencyId })
    .from(grants)
    .where(and(eq(grants.residentId, residentId), isNull(grants.removedAt)))
    .orderBy(grants.id);

/** The staff roles of whoever's private chat this is. */
export const listGrantsOfChat = (db: Db, chatId: number): Promise<Grant[]> =>
  db
    .select({ role: grants.role, agencyId: grants.agencyId })
    .from(grants)
    .innerJoin(residents, eq(residents.id, grants.residentId))
    .where(and(eq(residents.telegramId, chatId), isNull(grants.removedAt)))
    .orderBy(grants.id);

/** Whether the resident holds this very role already; for an invitation of an agency's head, whether they are its head. */
export const hasGrant = async (
  db: Db,
  { residentId, role, agencyId, isHead }: Grant & { residentId: number; isHead: boolean },
): Promise<boolean> => {
  const held = await db
    .select({ agencyId: grants.agencyId, isHead: grants.isHead })
    .from(grants)
    .where(and(eq(grants.residentId, residentId), eq(grants.role, role), isNull(grants.removedAt)));
  return held.some((grant) => grant.agencyId === agencyId && (grant.isHead || !isHead));
};

/** Whether the resident is staff of any kind at this moment. */
export const hasAnyGrant = async (db: Db, residentId: number): Promise<boolean> =>
  (await listGrants(db, residentId)).length > 0;
