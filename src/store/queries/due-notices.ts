import { and, asc, eq, lte, min, sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { at } from "../raw.ts";
import { notices } from "../schema/notices.ts";
import { reports } from "../schema/reports.ts";

/** A notice as it waits. */
export type WaitingNotice = Pick<
  typeof notices.$inferSelect,
  "id" | "kind" | "params" | "reportId" | "attempts" | "retryAt"
> & {
  /** The agency that has the report now; null where none has it, or it is about no report. */
  agencyId: string | null;
};

/** The first `limit` notices a chat has to be told by now (city time), in the order in which they have to be told. */
export const listDueNotices = (db: Db, chatId: number, now: Date, limit: number): Promise<WaitingNotice[]> =>
  db
    .select({
      id: notices.id,
      kind: notices.kind,
      params: notices.params,
      reportId: notices.reportId,
      attempts: notices.attempts,
      retryAt: notices.retryAt,
      agencyId: reports.agencyId,
    })
    .from(notices)
    .leftJoin(reports, eq(reports.id, notices.reportId))
    .where(and(eq(notices.chatId, chatId), eq(notices.state, "waiting"), lte(notices.dueAt, now)))
    .orderBy(asc(notices.id))
    .limit(limit);

/**
 * The first `limit` chats that have something to be told by now (city time), whoever waits longest first. What a chat is told first decides
 * whether it may be tried now (wire time): nothing overtakes what is put off.
 */
export const listDueChats = async (db: Db, now: Date, wireNow: Date, limit: number): Promise<number[]> => {
  const firstRetryAt = sql`(array_agg(${notices.retryAt} order by ${notices.id}))[1]`;
  const due = await db
    .select({ chatId: notices.chatId })
    .from(notices)
    .where(and(eq(notices.state, "waiting"), lte(notices.dueAt, now)))
    .groupBy(notices.chatId)
    .having(sql`coalesce(${firstRetryAt} <= ${at(wireNow)}, true)`)
    // Thousands are due at the same eight o'clock: the same ones have to come first each time.
    .orderBy(min(notices.dueAt), min(notices.id))
    .limit(limit);
  return due.map(({ chatId }) => chatId);
};
