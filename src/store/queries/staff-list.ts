import { and, asc, count, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { STAFF_ROLES, type StaffRole } from "../../report/status.ts";
import type { Db, Tx } from "../db.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** One role somebody holds; `isNamed`: by the settings. `by` is who gave it, null for the settings. */
export type Held = {
  grantId: number;
  residentId: number;
  name: string | null;
  telegramId: number | null;
  locale: string;
  role: StaffRole;
  agencyId: string | null;
  isHead: boolean;
  grantedAt: Date;
  isNamed: boolean;
  by: string | null;
};

const givers = alias(residents, "givers");

const select = (db: Db | Tx) =>
  db
    .select({
      grantId: grants.id,
      residentId: residents.id,
      name: residents.name,
      telegramId: residents.telegramId,
      locale: residents.locale,
      role: grants.role,
      agencyId: grants.agencyId,
      isHead: grants.isHead,
      grantedAt: grants.grantedAt,
      isNamed: sql<boolean>`${grants.grantedById} is null`,
      by: givers.name,
    })
    .from(grants)
    .innerJoin(residents, eq(residents.id, grants.residentId))
    .leftJoin(givers, eq(givers.id, grants.grantedById));

const order = sql`array_position(array[${sql.join(
  STAFF_ROLES.map((role) => sql`${role}::text`),
  sql`, `,
)}], ${grants.role})`;

/** A page of all roles held now, by role, agency and name; `page` counts from 0. */
export const listHeld = async (
  db: Db | Tx,
  { page, size }: { page: number; size: number },
): Promise<{ held: Held[]; total: number }> => {
  const [counted] = await db.select({ total: count() }).from(grants).where(isNull(grants.removedAt));
  const held = await select(db)
    .where(isNull(grants.removedAt))
    .orderBy(order, asc(grants.agencyId), asc(residents.name), asc(grants.id))
    .limit(size)
    .offset(page * size);
  return { held, total: counted?.total ?? 0 };
};

/** A role that is held now, null when it is not (any more). */
export const findHeldRole = async (db: Db | Tx, grantId: number): Promise<Held | null> => {
  const [held] = await select(db).where(and(eq(grants.id, grantId), isNull(grants.removedAt)));
  return held ?? null;
};
