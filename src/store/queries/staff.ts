import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { StaffRole } from "../../report/status.ts";
import type { Db, Tx } from "../db.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** Somebody with at least one role at this moment, whom the bot can reach. */
export type StaffMember = { telegramId: number; locale: string; roles: StaffRole[] };

/** All staff with Telegram; thousands in the largest city, read once at the start. */
export const listStaff = async (db: Db | Tx): Promise<StaffMember[]> => {
  const rows = await db
    .select({
      telegramId: sql<number>`${residents.telegramId}`.mapWith(residents.telegramId),
      locale: residents.locale,
      role: grants.role,
    })
    .from(grants)
    .innerJoin(residents, eq(residents.id, grants.residentId))
    .where(and(isNull(grants.removedAt), isNotNull(residents.telegramId), isNull(residents.blockedAt)));
  const members = new Map<number, StaffMember>();
  for (const { telegramId, locale, role } of rows) {
    const member = members.get(telegramId);
    if (member === undefined) members.set(telegramId, { telegramId, locale, roles: [role] });
    else member.roles.push(role);
  }
  return [...members.values()];
};
