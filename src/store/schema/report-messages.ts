import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { additions } from "./additions.ts";
import { moment, reference, telegramId } from "./columns.ts";
import { reports } from "./reports.ts";

/**
 * Which report a message in a chat is about, so that a reply to it finds the report: what the bot said of it, and what people added to it.
 * Written when a notice is delivered, when a card is shown, and with an addition; read when somebody replies. About twenty rows a
 * report, swept after a year.
 */
export const reportMessages = pgTable(
  "report_messages",
  {
    chatId: telegramId().notNull(),
    messageId: integer().notNull(),
    /** Null for a message that tells of several: whoever replies to it has to say which one they mean. */
    reportId: reference().references(() => reports.id),
    /** What this message became, where a person wrote it: the same one delivered again adds nothing. */
    additionId: reference().references(() => additions.id),
    /** The album it belongs to: the rest of its photos go to the same addition. */
    albumId: text(),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.chatId, t.messageId] }),
    index("report_messages_album")
      .on(t.chatId, t.albumId)
      .where(sql`${t.albumId} is not null`),
    // What the nightly housekeeping deletes by.
    index("report_messages_at").on(t.at),
  ],
);
