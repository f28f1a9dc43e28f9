import { lt } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { reportMessages } from "../schema/report-messages.ts";

/** Remembers which report messages of a chat are about; those known already stay as they are. */
export const addReportMessages = async (
  db: Db | Tx,
  {
    messageIds,
    ...about
  }: {
    chatId: number;
    messageIds: readonly number[];
    /** Null where they tell of several. */
    reportId: number | null;
    additionId?: number;
    albumId?: string | null;
  },
  now: Date,
): Promise<void> => {
  if (messageIds.length === 0) return;
  await db
    .insert(reportMessages)
    .values(messageIds.map((messageId) => ({ ...about, messageId, at: now })))
    .onConflictDoNothing();
};

/** Forgets messages so old that nobody replies to them any more. */
export const removeReportMessages = async (db: Db, before: Date): Promise<void> => {
  await db.delete(reportMessages).where(lt(reportMessages.at, before));
};
