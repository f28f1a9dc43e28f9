import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Db } from "../db.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** A person's name for staff's eyes, null once erased. */
export const findName = async (db: Db, residentId: number): Promise<string | null> => {
  const [person] = await db.select({ name: residents.name }).from(residents).where(eq(residents.id, residentId));
  return person?.name ?? null;
};

/** Whether anybody but this person may moderate at this moment. */
export const hasOtherModerators = async (db: Db, residentId: number): Promise<boolean> => {
  const others = await db
    .select({ id: grants.id })
    .from(grants)
    .where(and(inArray(grants.role, ["editor", "admin"]), isNull(grants.removedAt), ne(grants.residentId, residentId)))
    .limit(1);
  return others.length > 0;
};
