import { and, eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { answerDrafts, type AnswerDraftRow } from "../schema/answers.ts";

/** The answer an officer is writing to this report, null when none. */
export const findAnswerDraft = async (
  db: Db,
  { officerId, reportId }: { officerId: number; reportId: number },
): Promise<AnswerDraftRow | null> => {
  const [draft] = await db
    .select()
    .from(answerDrafts)
    .where(and(eq(answerDrafts.officerId, officerId), eq(answerDrafts.reportId, reportId)));
  return draft ?? null;
};
