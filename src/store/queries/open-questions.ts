import { and, asc, eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";

/** The resident's own reports that wait for their reply. */
export const listOpenQuestions = (db: Db, residentId: number): Promise<{ id: number; topicId: string }[]> =>
  db
    .select({ id: reports.id, topicId: reports.topicId })
    .from(reports)
    .where(and(eq(reports.authorId, residentId), eq(reports.status, "needs_info")))
    .orderBy(asc(reports.statusAt));
