import { and, eq, sql, type SQL } from "drizzle-orm";
import type { AnswerDraft } from "../../form/answer-draft.ts";
import type { Db, Tx } from "../db.ts";
import { at } from "../raw.ts";
import { answerDrafts, type AnswerDraftRow } from "../schema/answers.ts";
import { saveWithUpdate } from "./drafts.ts";

/** An answer to be written, and the update that brought it about. */
export type AnswerDraftChange = {
  officerId: number;
  reportId: number;
  /** Stays the same as long as it is the same answer. */
  draftId: string;
  /** The version that was read; null to begin an answer where there is none. */
  readVersion: number | null;
  content: AnswerDraft;
  updateId: number;
};

/** Writes the answer and remembers the update: both happen or neither. False when it was written, sent or begun since it was read. */
export const saveAnswerDraft = async (db: Db, change: AnswerDraftChange, now: Date): Promise<boolean> => {
  const { officerId, reportId, draftId, readVersion, updateId } = change;
  const content = sql`${JSON.stringify(change.content)}::jsonb`;
  const updatedAt = laterThanOthers(officerId, now);
  const saved =
    readVersion === null
      ? sql`insert into ${answerDrafts} (officer_id, report_id, draft_id, version, content, updated_at)
          values (${officerId}, ${reportId}, ${draftId}, 1, ${content}, ${updatedAt})
          on conflict (officer_id, report_id) do nothing returning 1`
      : sql`update ${answerDrafts} set version = version + 1, content = ${content}, updated_at = ${updatedAt}
          where officer_id = ${officerId} and report_id = ${reportId} and draft_id = ${draftId}
            and version = ${readVersion} returning 1`;
  return saveWithUpdate(db, saved, updateId, now);
};

/** Two answers touched in the same millisecond would not tell which of them goes on. */
const laterThanOthers = (officerId: number, now: Date): SQL =>
  sql`greatest(${at(now)}, (select max(updated_at) + interval '1 millisecond' from ${answerDrafts} where officer_id = ${officerId}))`;

/** Makes an answer the one that goes on, without changing it. */
export const touchAnswerDraft = async (
  db: Db,
  { officerId, reportId }: Pick<AnswerDraftRow, "officerId" | "reportId">,
  now: Date,
): Promise<void> => {
  await db
    .update(answerDrafts)
    .set({ updatedAt: laterThanOthers(officerId, now) })
    .where(and(eq(answerDrafts.officerId, officerId), eq(answerDrafts.reportId, reportId)));
};

/** Locks the answer for the rest of the transaction; false when it is no longer the one that was read. */
export const claimAnswerDraft = async (tx: Tx, read: AnswerDraftRow): Promise<boolean> => {
  const claimed = await tx
    .select({ reportId: answerDrafts.reportId })
    .from(answerDrafts)
    .where(asRead(read))
    .for("update");
  return claimed.length > 0;
};

const asRead = ({ officerId, reportId, draftId, version }: AnswerDraftRow): SQL | undefined =>
  and(
    eq(answerDrafts.officerId, officerId),
    eq(answerDrafts.reportId, reportId),
    eq(answerDrafts.draftId, draftId),
    eq(answerDrafts.version, version),
  );

/** Removes an answer that was sent or is not wanted any more; false when it is no longer the one that was read. */
export const removeAnswerDraft = async (tx: Tx | Db, read: AnswerDraftRow): Promise<boolean> => {
  const removed = await tx.delete(answerDrafts).where(asRead(read)).returning({ reportId: answerDrafts.reportId });
  return removed.length > 0;
};
