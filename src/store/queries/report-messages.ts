import { and, asc, eq } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { reportMessages } from "../schema/report-messages.ts";

/** A message that is about a report, or (`reportId` null) several; `additionId` is what it became, where a person wrote it. */
export type ReportMessage = Pick<typeof reportMessages.$inferSelect, "reportId" | "additionId">;

const columns = { reportId: reportMessages.reportId, additionId: reportMessages.additionId };

/** What a message of the chat is about, null when that is no report at all. */
export const findReportMessage = async (
  db: Db | Tx,
  chatId: number,
  messageId: number,
): Promise<ReportMessage | null> => {
  const [found] = await db
    .select(columns)
    .from(reportMessages)
    .where(and(eq(reportMessages.chatId, chatId), eq(reportMessages.messageId, messageId)));
  return found ?? null;
};

/** What the first message of an album is about, null when it is about no report. */
export const findReportAlbum = async (db: Db | Tx, chatId: number, albumId: string): Promise<ReportMessage | null> => {
  const [found] = await db
    .select(columns)
    .from(reportMessages)
    .where(and(eq(reportMessages.chatId, chatId), eq(reportMessages.albumId, albumId)))
    .orderBy(asc(reportMessages.messageId))
    .limit(1);
  return found ?? null;
};
