import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex, type AnyPgColumn } from "drizzle-orm/pg-core";
import { additions } from "./additions.ts";
import { answers } from "./answers.ts";
import { id, moment, reference } from "./columns.ts";
import { reports } from "./reports.ts";

/**
 * Pictures as Telegram holds them or as they stand on the web, and as we keep them once a job has fetched them. They belong to the report itself, to an agency's
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
    /** What Telegram calls it; null for one that came over the web. */
    fileId: text(),
    fileUniqueId: text(),
    /** Where the fetching job finds one that came over the web. */
    sourceUrl: text(),
    /** An image sent as a file can only be sent on as a file. */
    isDocument: boolean().notNull(),
    /** An editor keeps it from the public. */
    isHidden: boolean().notNull().default(false),
    /** The name under which our own copy is kept; null until it is fetched. */
    storedAs: text(),
    /** Perceptual hash, 16 hex digits: like pictures have like hashes. Null for one too plain to be told from others. */
    likeness: text(),
    /** The earlier photo this one shows again, found by the fetching job. */
    reusesId: reference().references((): AnyPgColumn => photos.id, { onDelete: "set null" }),
    attempts: integer().notNull().default(0),
    /** When the fetching job looks at it next, wire time; null once stored or given up. */
    nextTickAt: moment(),
  },
  (t) => [
    uniqueIndex("photos_report")
      .on(t.reportId, t.position)
      .where(sql`${t.answerId} is null and ${t.additionId} is null`),
    index("photos_of_report").on(t.reportId, t.id),
    uniqueIndex("photos_answer")
      .on(t.answerId, t.position)
      .where(sql`${t.answerId} is not null`),
    uniqueIndex("photos_addition")
      .on(t.additionId, t.position)
      .where(sql`${t.additionId} is not null`),
    index("photos_reuses")
      .on(t.reusesId)
      .where(sql`${t.reusesId} is not null`),
    // No two rows share a file, so whoever removes a row may remove its file.
    uniqueIndex("photos_stored")
      .on(t.storedAs)
      .where(sql`${t.storedAs} is not null`),
    index("photos_tick")
      .on(t.nextTickAt)
      .where(sql`${t.nextTickAt} is not null`),
    check(
      "photos_source",
      sql`(${t.fileId} is null) = (${t.fileUniqueId} is null) and (${t.fileId} is null) = (${t.sourceUrl} is not null)`,
    ),
    check("photos_position", sql`${t.position} between 0 and 9`),
    check("photos_stored_once", sql`${t.storedAs} is null or ${t.nextTickAt} is null`),
    check("photos_owner", sql`${t.answerId} is null or ${t.additionId} is null`),
  ],
);

/**
 * Files whose photo was removed: written in the transaction that removes it, so that a person's pictures are gone from the disk soon
 * after and never before. Emptied by the fetching job; usually no rows.
 */
export const photoLeftovers = pgTable("photo_leftovers", { storedAs: text().primaryKey() });
