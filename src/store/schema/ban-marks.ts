import { sql } from "drizzle-orm";
import { check, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/**
 * Bans of people who had themselves erased: by a salted, slow hash whoever comes back is known until the ban's end, and nothing else of
 * them is. Written by `/forget` of a banned person, read when a newcomer is met, swept once the ban is over; a few rows.
 */
export const banMarks = pgTable(
  "ban_marks",
  {
    mark: text().primaryKey(),
    /** The ban's end, after which nobody may know any more. */
    until: moment().notNull(),
  },
  (t) => [check("ban_marks_mark", sql`${t.mark} ~ '^[0-9a-f]{64}$'`)],
);
