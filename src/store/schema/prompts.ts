import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment, reference, telegramId } from "./columns.ts";
import { reports } from "./reports.ts";

/**
 * Messages of the bot that ask staff for words of their own, by which a reply to one of them is known again after any restart.
 * Written when the words are asked for, read when a member of staff replies; the row goes with the deed, or a week later.
 */
export const prompts = pgTable(
  "prompts",
  {
    chatId: telegramId().notNull(),
    /** The asking message. */
    messageId: integer().notNull(),
    /** What the words are for. */
    act: text().notNull(),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    /** The report's when the words were asked for. */
    version: integer().notNull(),
    askedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.chatId, t.messageId] }), index("prompts_asked").on(t.askedAt)],
);
