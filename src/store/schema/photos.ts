import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { additions } from "./additions.ts";
import { answers } from "./answers.ts";
import { id, moment, reference } from "./columns.ts";
import { reports } from "./reports.ts";

/**
 * Pictures as Telegram holds them, and as we keep them once a job has fetched them. They belong to the report itself, to an agency's
 * answer, or to an addition. Written with what they belong to, completed by the fetching job; read by cards and pages. Up to five each.
 */
export const photos = pgTable(
  "photos",
  {
    id: id(),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    answerId: reference().references(() => answers.id),
    additionId: reference().references(() => additions.id),
    position: integer().notNull(),
    fileId: text().notNull(),
    fileUniqueId: text().notNull(),
    /** An image sent as a file can only be sent on as a file. */
    isDocument: boolean().notNull(),
    /** An editor keeps it from the public. */
    isHidden: boolean().notNull().default(false),
    /** The name under which our own copy is kept; null until it is fetched. */
    storedAs: text(),
    /** Perceptual hash, 16 hex digits: like pictures have like hashes. */
    likeness: text(),
    attempts: integer().notNull().default(0),
    /** When the fetching job looks at it next, wire time; null once stored or given up. */
    nextTickAt: moment(),
  },
  (t) => [
    uniqueIndex("photos_report")
      .on(t.reportId, t.position)
      .where(sql`${t.answerId} is null and ${t.additionId} is null`),
    index("photos_of_report").on(t.reportId, t.id),
    index("photos_tick")
      .on(t.nextTickAt)
      .where(sql`${t.nextTickAt} is not null`),
    check("photos_position", sql`${t.position} between 0 and 9`),
    check("photos_owner", sql`${t.answerId} is null or ${t.additionId} is null`),
  ],
);
