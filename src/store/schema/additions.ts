import { sql } from "drizzle-orm";
import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import { ADDITION_KINDS } from "../../report/addition.ts";
import { id, moment, reference } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { reports } from "./reports.ts";
import { residents } from "./residents.ts";

/**
 * Words and photos that people add to a report after it was sent: questions, replies, what a resident adds, what a vote or a verdict
 * says, notes of the staff. Photos hang on it in `photos`. Events tell that one was made and never what it says, so erasing a person can empty it.
 * Written by the actions; read by staff's cards and the history. A few rows a report.
 */
export const additions = pgTable(
  "additions",
  {
    id: id(),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    kind: text({ enum: ADDITION_KINDS }).notNull(),
    /** Null once the person is erased. */
    authorId: reference().references(() => residents.id),
    /** Null for photos without words, and once erased. */
    words: text(),
    at: moment().notNull(),
  },
  (t) => [
    index("additions_report").on(t.reportId, t.id),
    check("additions_kind", isOneOf(t.kind, ADDITION_KINDS)),
    check("additions_words", sql`${t.words} <> ''`),
  ],
);
