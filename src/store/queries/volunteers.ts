import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { volunteers } from "../schema/votes.ts";

/** Whether the resident is ready to look at fixes near their home. */
export const isVolunteer = async (db: Db, residentId: number): Promise<boolean> => {
  const found = await db
    .select({ residentId: volunteers.residentId })
    .from(volunteers)
    .where(eq(volunteers.residentId, residentId));
  return found.length > 0;
};
