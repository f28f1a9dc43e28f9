import { bigint, check, pgTable, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { moment, reference, telegramId } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { residents } from "./residents.ts";

export const CHAT_PURPOSES = ["editors", "agency", "channel"] as const;

/**
 * Groups and channels bound by an admin: where new reports arrive, or the city is told. Written by `/bind`, when a group becomes a supergroup,
 * and by the delivery; dozens of rows.
 */
export const chats = pgTable(
  "chats",
  {
    chatId: telegramId().primaryKey(),
    purpose: text({ enum: CHAT_PURPOSES }).notNull(),
    /** Empty: every district. */
    districtIds: text().array().notNull(),
    agencyId: text(),
    locale: text().notNull(),
    boundById: reference()
      .notNull()
      .references(() => residents.id),
    boundAt: moment().notNull(),
    /** Why Telegram lets nobody be told anything there, in its own words; null while it does. */
    unreachable: text(),
  },
  (t) => [
    check("chats_purpose", isOneOf(t.purpose, CHAT_PURPOSES)),
    // A private chat needs no binding: its person's grants say what arrives there.
    check("chats_group", sql`${t.chatId} < 0`),
    check("chats_agency", sql`(${t.purpose} = 'agency') = (${t.agencyId} is not null)`),
  ],
);

/** A bound group or channel. */
export type ChatRow = typeof chats.$inferSelect;

/**
 * The bot's rate towards Telegram, shared by all processes: one GCRA row per key (`all`, a chat, or the `silence` Telegram asked for).
 * Written by the sender before every call; rows of quiet chats are swept.
 */
export const rates = pgTable("rates", {
  key: text().primaryKey(),
  /** Theoretical arrival time, wire time in ms since the epoch. */
  arrivalMs: bigint({ mode: "number" }).notNull(),
});
