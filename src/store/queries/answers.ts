import { and, desc, eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { answers, type AnswerRow } from "../schema/answers.ts";
import type { ReportRow } from "../schema/reports.ts";

/** What the report's agency said last, decided or not; null when it said nothing yet. */
export const findLastAnswer = async (db: Db, reportId: number): Promise<AnswerRow | null> => {
  const [answer] = await db
    .select()
    .from(answers)
    .where(eq(answers.reportId, reportId))
    .orderBy(desc(answers.id))
    .limit(1);
  return answer ?? null;
};

/** The answer that waits for an editor; there is at most one. */
export const findWaitingAnswer = async (db: Db, reportId: number): Promise<AnswerRow | null> => {
  const [answer] = await db
    .select()
    .from(answers)
    .where(and(eq(answers.reportId, reportId), eq(answers.state, "waiting")));
  return answer ?? null;
};

/** Whether the agency was given a later date in the report's present cycle. */
export const isPostponed = async (db: Db, { id, cycle }: Pick<ReportRow, "id" | "cycle">): Promise<boolean> => {
  const found = await db
    .select({ id: answers.id })
    .from(answers)
    .where(
      and(
        eq(answers.reportId, id),
        eq(answers.cycle, cycle),
        eq(answers.kind, "planned"),
        eq(answers.state, "accepted"),
      ),
    )
    .limit(1);
  return found.length > 0;
};
