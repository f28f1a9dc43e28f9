import { index, integer, jsonb, pgTable, uuid } from "drizzle-orm/pg-core";
import type { Draft } from "../../form/draft.ts";
import { moment, reference, telegramId } from "./columns.ts";
import { reports } from "./reports.ts";
import { residents } from "./residents.ts";

/** A person at a desk or on the phone, as they gave their name and phone, and the version of the consent text that was read to them. */
export type Intake = { name: string; phone: string; consentVersion: number };

/**
 * The one report a resident is writing, saved after every message.
 * Read with the resident, written by continue-draft only; the row goes when the report is sent or the draft is cancelled.
 */
export const drafts = pgTable("drafts", {
  residentId: reference()
    .primaryKey()
    .references(() => residents.id),
  /** Goes into the report it becomes, where it is unique: one report per draft, whatever happens in between. */
  draftId: uuid().notNull().unique("drafts_draft_id"),
  /** The rejected report that is being repaired; null: it becomes a new one. */
  repairsId: reference().references(() => reports.id),
  /** Whom an operator writes it for: a person without Telegram, who becomes a resident with the report. Null: for themselves. */
  intake: jsonb().$type<Intake>(),
  /** Grows with every change, so that of two steps at once one is taken again. Buttons carry the draft's `turn` instead. */
  version: integer().notNull(),
  content: jsonb().$type<Draft>().notNull(),
  updatedAt: moment().notNull(),
});

/**
 * Updates whose effect is committed, for two days, so that a redelivered one changes nothing.
 * Compared for equality only: Telegram restarts ids at random after a quiet week.
 */
export const handledUpdates = pgTable(
  "handled_updates",
  {
    updateId: telegramId().primaryKey(),
    handledAt: moment().notNull(),
  },
  // What the nightly housekeeping deletes by.
  (t) => [index("handled_updates_handled").on(t.handledAt)],
);
