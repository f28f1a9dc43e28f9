/** An agency's tasks: what it has to answer, whatever is due first at the top. */
import { and, asc, count, eq, inArray, type SQL } from "drizzle-orm";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";

/** One line of the list. */
export type Task = Pick<
  typeof reports.$inferSelect,
  "id" | "topicId" | "districtId" | "address" | "status" | "handlingDueAt" | "officerId"
>;

/** A page of an agency's tasks by their dates, `page` counting from 0, and how many there are in all. */
export const listTasks = async (
  db: Db,
  agencyId: string,
  { page, size }: { page: number; size: number },
): Promise<{ tasks: Task[]; total: number }> => {
  const open: SQL | undefined = and(eq(reports.agencyId, agencyId), inArray(reports.status, ["assigned", "planned"]));
  const tasks = await db
    .select({
      id: reports.id,
      topicId: reports.topicId,
      districtId: reports.districtId,
      address: reports.address,
      status: reports.status,
      handlingDueAt: reports.handlingDueAt,
      officerId: reports.officerId,
    })
    .from(reports)
    .where(open)
    .orderBy(asc(reports.handlingDueAt), asc(reports.id))
    .limit(size)
    .offset(page * size);
  const [counted] = await db.select({ total: count() }).from(reports).where(open);
  return { tasks, total: counted?.total ?? 0 };
};
