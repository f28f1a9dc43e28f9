import { and, eq, isNull } from "drizzle-orm";
import type { Grant } from "../../report/permission.ts";
import type { Db } from "../db.ts";
import { grants } from "../schema/staff.ts";

/** The staff roles a resident holds at this moment. */
export const listGrants = (db: Db, residentId: number): Promise<Grant[]> =>
  db
    .select({ role: grants.role, agencyId: grants.agencyId })
    .from(grants)
    .where(and(eq(grants.residentId, residentId), isNull(grants.removedAt)))
    .orderBy(grants.id);
