import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { NIGHT } from "../../report/quiet-hours.ts";
import { id, moment, telegramId } from "./columns.ts";

/**
 * Everyone who ever spoke to the bot; staff are residents with grants.
 * Written when somebody first writes and when they change language, settings or consent; read at every update.
 * Grows with the city's people (millions), a row never goes away: erasing a person empties the personal columns.
 */
export const residents = pgTable(
  "residents",
  {
    id: id(),
    /** Null once erased, or for a person served at a desk. It is also the id of their private chat. */
    telegramId: telegramId().unique("residents_telegram"),
    /** As Telegram shows it; for editors' eyes and the audit only. */
    name: text(),
    locale: text().notNull(),
    /** The version of the consent text they agreed to; null before. */
    consentVersion: integer(),
    consentAt: moment(),
    /** Told to an operator by a person without Telegram, for calling back; nobody else ever has one. */
    phone: text(),
    /** No reports before this moment; null: not banned. */
    bannedUntil: moment(),
    /** Why, in the words the person was told. */
    banReason: text(),
    /** Set when Telegram says the bot is blocked, cleared when they are back. */
    blockedAt: moment(),
    /** Hours of the city's day in which they are not rung up; both null: it is never quiet. */
    quietFrom: integer().default(NIGHT.from),
    quietUntil: integer().default(NIGHT.until),
    /** News that needs nothing of them comes once a morning. */
    wantsDigest: boolean().notNull().default(false),
    createdAt: moment().notNull(),
  },
  (t) => [
    // Whoever calls again is the same person.
    index("residents_phone")
      .on(t.phone)
      .where(sql`${t.phone} is not null`),
    // Groups and channels have negative ids and are nobody.
    check("residents_telegram_id", sql`${t.telegramId} > 0`),
    check(
      "residents_quiet",
      sql`(${t.quietFrom} is null) = (${t.quietUntil} is null) and ${t.quietFrom} between 0 and 23 and ${t.quietUntil} between 0 and 23 and ${t.quietFrom} <> ${t.quietUntil}`,
    ),
    check("residents_consent", sql`(${t.consentVersion} is null) = (${t.consentAt} is null)`),
  ],
);
