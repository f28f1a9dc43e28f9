import { and, asc, eq, isNull, lte, min, or } from "drizzle-orm";
import type { Db } from "../db.ts";
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

/** The first `limit` chats that have something to be told by now (city time) and may be tried now (wire time), whoever waits longest first. */
export const listDueChats = async (db: Db, now: Date, wireNow: Date, limit: number): Promise<number[]> => {
  const due = await db
    .select({ chatId: notices.chatId })
    .from(notices)
    .where(
      and(
        eq(notices.state, "waiting"),
        lte(notices.dueAt, now),
        or(isNull(notices.retryAt), lte(notices.retryAt, wireNow)),
      ),
    )
    .groupBy(notices.chatId)
    .orderBy(min(notices.dueAt))
    .limit(limit);
  return due.map(({ chatId }) => chatId);
};
