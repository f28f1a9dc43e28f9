import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, moment, reference, telegramId } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { reports } from "./reports.ts";
import { residents } from "./residents.ts";

export const NOTICE_STATES = ["waiting", "sent", "undeliverable", "dropped"] as const;

/**
 * What has to be said, to whom and when: kind and parameters, never text. A chat's notices are told in the order of `id`.
 * Written in the transaction of the fact they tell; read and settled by the delivery. About ten rows a report; settled ones are
 * swept after 90 days. A `waiting` row whose `dueAt` has passed means delivery is behind.
 */
export const notices = pgTable(
  "notices",
  {
    id: id(),
    /** The same key is never told twice. */
    dedupeKey: text().notNull().unique("notices_dedupe_key"),
    chatId: telegramId().notNull(),
    /** Whose language and quiet hours count; null for a group. */
    residentId: reference().references(() => residents.id),
    reportId: reference().references(() => reports.id),
    kind: text().notNull(),
    params: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text({ enum: NOTICE_STATES }).notNull().default("waiting"),
    createdAt: moment().notNull(),
    /** Not before this moment, city time: quiet hours. */
    dueAt: moment().notNull(),
    /** Tries so far, and when the next one may be, wire time. */
    attempts: integer().notNull().default(0),
    retryAt: moment(),
    /** Telegram's words when it could not be delivered. */
    failure: text(),
    settledAt: moment(),
  },
  (t) => [
    index("notices_waiting")
      .on(t.chatId, t.id)
      .where(sql`${t.state} = 'waiting'`),
    index("notices_due")
      .on(t.dueAt)
      .where(sql`${t.state} = 'waiting'`),
    // Who holds a report's card is asked at every decision; what was told of it, when one is taken back.
    index("notices_report").on(t.reportId),
    // What waits again when somebody who had blocked the bot is back.
    index("notices_undeliverable")
      .on(t.chatId)
      .where(sql`${t.state} = 'undeliverable'`),
    // What the nightly housekeeping deletes by.
    index("notices_settled_at")
      .on(t.settledAt)
      .where(sql`${t.settledAt} is not null`),
    check("notices_state", isOneOf(t.state, NOTICE_STATES)),
    check("notices_settled", sql`(${t.state} = 'waiting') = (${t.settledAt} is null)`),
  ],
);

/**
 * The one card a chat holds of a report, so that it is edited and not sent again.
 * Written when the card is delivered; one row per chat and report.
 */
export const cards = pgTable(
  "cards",
  {
    chatId: telegramId().notNull(),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    messageId: integer().notNull(),
    sentAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.chatId, t.reportId] })],
);

/**
 * The one «N ждут» card of a chat that got more reports than it can be shown one by one; gone once nobody waits.
 * Written when the card is delivered or rewritten; a few rows.
 */
export const waitingCards = pgTable("waiting_cards", {
  chatId: telegramId().primaryKey(),
  messageId: integer().notNull(),
  /** The number it shows, so that it is rewritten only when that has changed. */
  count: integer().notNull(),
  sentAt: moment().notNull(),
});
