import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id, moment, reference } from "./columns.ts";
import { reports } from "./reports.ts";
import { residents } from "./residents.ts";

/**
 * The append-only log: who, when, what, why. A trigger in the migrations refuses changes and deletions.
 * Written by every action in its own transaction; read by cards, pages and the audit. About ten rows a report.
 * What an event's `data` holds is told by `EventData`, which never has names, phones or chat ids in it.
 */
export const events = pgTable(
  "events",
  {
    id: id(),
    at: moment().notNull(),
    /** Null for what concerns no report: invitations, bound chats. */
    reportId: reference().references(() => reports.id),
    /** Null when the clock did it. */
    actorId: reference().references(() => residents.id),
    /** The role in which the actor acted. */
    actorRole: text().notNull(),
    kind: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    index("events_report").on(t.reportId, t.id),
    index("events_actor").on(t.actorId, t.id),
    // Whoever keeps up with the reports asks what has happened since.
    index("events_at")
      .on(t.at, t.id)
      .where(sql`${t.reportId} is not null`),
  ],
);
