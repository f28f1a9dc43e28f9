/** An agency's tasks: what it has to answer, whatever is due first at the top. */
import { and, asc, count, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";

/** One line of the list; `officer` is who has it in hand by name, nobody once they have left the agency. */
export type Task = Pick<
  typeof reports.$inferSelect,
  "id" | "topicId" | "districtId" | "address" | "status" | "handlingDueAt" | "officerId"
> & { officer: string | null };

/** A page of an agency's tasks by their dates, `page` counting from 0, and how many there are in all. */
export const listTasks = async (
  db: Db,
  agencyId: string,
  { page, size }: { page: number; size: number },
): Promise<{ tasks: Task[]; total: number }> => {
  const open = isOpenAt(agencyId);
  const tasks = await db
    .select({
      id: reports.id,
      topicId: reports.topicId,
      districtId: reports.districtId,
      address: reports.address,
      status: reports.status,
      handlingDueAt: reports.handlingDueAt,
      officerId: reports.officerId,
      officer: residents.name,
    })
    .from(reports)
    .leftJoin(grants, and(eq(grants.residentId, reports.officerId), isOfficerOf(agencyId)))
    .leftJoin(residents, eq(residents.id, grants.residentId))
    .where(open)
    .orderBy(asc(reports.handlingDueAt), asc(reports.id))
    .limit(size)
    .offset(page * size);
  const [counted] = await db.select({ total: count() }).from(reports).where(open);
  return { tasks, total: counted?.total ?? 0 };
};

/** The first of an agency's tasks to answer: those this officer has in hand, then whatever is due first. */
export const listNearestTasks = async (
  db: Db,
  { agencyId, officerId }: { agencyId: string; officerId: number },
  most: number,
): Promise<Pick<Task, "id" | "topicId" | "address">[]> =>
  db
    .select({ id: reports.id, topicId: reports.topicId, address: reports.address })
    .from(reports)
    .where(isOpenAt(agencyId))
    .orderBy(sql`${reports.officerId} is distinct from ${officerId}`, asc(reports.handlingDueAt), asc(reports.id))
    .limit(most);

const isOpenAt = (agencyId: string): SQL | undefined =>
  and(eq(reports.agencyId, agencyId), inArray(reports.status, ["assigned", "planned"]));

const isOfficerOf = (agencyId: string): SQL | undefined =>
  and(eq(grants.role, "officer"), eq(grants.agencyId, agencyId), isNull(grants.removedAt));
