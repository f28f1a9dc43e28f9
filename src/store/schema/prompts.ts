import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { additions } from "./additions.ts";
import { moment, reference, telegramId } from "./columns.ts";
import { reports } from "./reports.ts";

/**
 * Messages of the bot that ask somebody for words or photos, by which the answer is known again after any restart.
 * Written when something is asked, read when the person replies or, in private, simply writes on; the row goes with the deed, or a week
 * later. Where an answer may come in several messages or again, the answered row stays and tells what became of it.
 */
export const prompts = pgTable(
  "prompts",
  {
    chatId: telegramId().notNull(),
    /** The asking message; until Telegram has told its number, whoever is asked, below zero. */
    messageId: integer().notNull(),
    /** What the words are for. */
    act: text().notNull(),
    /** Null where it is about no report: a volunteer's home. */
    reportId: reference().references(() => reports.id),
    /** The report's when it was asked; of a vote or of a decision on a dispute the report's cycle. */
    version: integer().notNull(),
    askedAt: moment().notNull(),
    /** The message that answered it, so that the same one delivered again answers nothing else; null while it is open. */
    answeredBy: integer(),
    /** The album that message began: the rest of its photos belong to the same answer. */
    albumId: text(),
    /** What was said meanwhile, until the person tells what it belongs to: `Held`. */
    held: jsonb().$type<unknown>(),
    /** What the answer became. */
    additionId: reference().references(() => additions.id),
  },
  (t) => [primaryKey({ columns: [t.chatId, t.messageId] }), index("prompts_asked").on(t.askedAt)],
);
