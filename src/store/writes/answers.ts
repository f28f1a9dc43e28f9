import { and, eq, sql } from "drizzle-orm";
import type { Photo } from "../../form/draft.ts";
import type { AnswerState } from "../../report/answer.ts";
import type { Tx } from "../db.ts";
import { answers, type AnswerRow } from "../schema/answers.ts";
import { addPhotos } from "./photos.ts";

/** Adds what an agency said, with its photos. A draft makes one answer at most, and a report has one that waits: else it throws. */
export const addAnswer = async (
  tx: Tx,
  answer: typeof answers.$inferInsert,
  photos: readonly Photo[],
): Promise<AnswerRow> => {
  const [added] = await tx.insert(answers).values(answer).returning();
  if (added === undefined) throw new Error("The answer was not added");
  await addPhotos(tx, { reportId: added.reportId, answerId: added.id }, photos);
  return added;
};

/** What became of a waiting answer; `decidedById` is null when nobody decided and it was overtaken. */
export type AnswerDecision =
  | { state: Exclude<AnswerState, "waiting" | "returned">; decidedById: number | null }
  | { state: "returned"; decidedById: number; remark: string };

/** Decides the waiting answer; throws when it does not wait, which the report's lock rules out. */
export const saveAnswerDecision = async (tx: Tx, id: number, decision: AnswerDecision, now: Date): Promise<void> => {
  const saved = await tx
    .update(answers)
    .set({ ...decision, decidedAt: now })
    .where(and(eq(answers.id, id), eq(answers.state, "waiting")))
    .returning({ id: answers.id });
  if (saved.length !== 1) throw new Error(`Answer ${id} does not wait`);
};

/** What waits for an editor has been overtaken by something else; the report has to be claimed. */
export const replaceWaitingAnswer = async (tx: Tx, reportId: number, now: Date): Promise<void> => {
  await tx
    .update(answers)
    .set({ state: "replaced", decidedAt: now })
    .where(and(eq(answers.reportId, reportId), eq(answers.state, "waiting")));
};

/** The answer that was decided or overtaken at this very moment waits again; nothing where none was. The report has to be claimed. */
export const reviveAnswer = async (tx: Tx, reportId: number, decidedAt: Date): Promise<void> => {
  // Older ones may have been overtaken at the same moment, and only the last one can wait.
  const last = sql`(select max(id) from ${answers} where report_id = ${reportId})`;
  await tx
    .update(answers)
    .set({ state: "waiting", decidedAt: null, decidedById: null, remark: null })
    .where(and(eq(answers.id, last), eq(answers.decidedAt, decidedAt)));
};
