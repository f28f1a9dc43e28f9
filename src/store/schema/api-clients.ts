import { sql } from "drizzle-orm";
import { check, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, moment, reference } from "./columns.ts";
import { residents } from "./residents.ts";

/**
 * Programs that file reports over Open311: a city's site, an app. Only the key's hash is stored, so reading the database files nothing.
 * Written by `/client`, read when one of them files; a few dozen rows. A client that was switched off keeps its row for its reports' sake.
 */
export const apiClients = pgTable(
  "api_clients",
  {
    id: id(),
    /** Unlike every other one that is not switched off. */
    name: text().notNull(),
    /** SHA-256 of the key, hex. */
    keyHash: text().notNull().unique("api_clients_key"),
    /** Reports it may file in a day of the city, and in any minute. */
    perDay: integer().notNull(),
    perMinute: integer().notNull(),
    createdById: reference()
      .notNull()
      .references(() => residents.id),
    createdAt: moment().notNull(),
    disabledAt: moment(),
  },
  (t) => [
    uniqueIndex("api_clients_name")
      .on(sql`lower(${t.name})`)
      .where(sql`${t.disabledAt} is null`),
    check("api_clients_hash", sql`${t.keyHash} ~ '^[0-9a-f]{64}$'`),
    check("api_clients_limits", sql`${t.perDay} >= 1 and ${t.perMinute} >= 1`),
  ],
);

/** A client as it is stored. */
export type ApiClientRow = typeof apiClients.$inferSelect;
