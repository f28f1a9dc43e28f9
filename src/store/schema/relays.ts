import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { RELAY_STATES } from "../../report/relay.ts";
import { id, moment, reference } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { reports } from "./reports.ts";
import { residents } from "./residents.ts";

/**
 * Reports handed over to an agency's own system, one row a report, agency and cycle. Written with the fact that gives the agency the
 * report, then only by the relaying job; rows of closed reports stay, for they tell the number there.
 */
export const relays = pgTable(
  "relays",
  {
    id: id(),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    agencyId: text().notNull(),
    cycle: integer().notNull(),
    state: text({ enum: RELAY_STATES }).notNull(),
    /** What they gave for it until it has a number, and its number there. */
    token: text(),
    theirId: text(),
    attempts: integer().notNull().default(0),
    /** Why it could not be handed over, or was refused; without anything personal. */
    failure: text(),
    /** What they said up to this moment of wire time is known. */
    heardUntil: moment(),
    /** When the job looks at it next, wire time; null once there is nothing to do. */
    nextTickAt: moment(),
    createdAt: moment().notNull(),
  },
  (t) => [
    unique("relays_cycle").on(t.reportId, t.agencyId, t.cycle),
    index("relays_tick")
      .on(t.nextTickAt)
      .where(sql`${t.nextTickAt} is not null`),
    check("relays_state", isOneOf(t.state, RELAY_STATES)),
    check("relays_known_there", sql`${t.state} <> 'open' or ${t.theirId} is not null`),
    check("relays_accepted", sql`${t.state} <> 'accepted' or ${t.token} is not null`),
  ],
);

/** A relay as it is stored. */
export type RelayRow = typeof relays.$inferSelect;

/** What an agency's system said and we took up: the same is never taken up twice. Written and read by the relaying job; a few rows a relay. */
export const relayUpdates = pgTable(
  "relay_updates",
  {
    relayId: reference()
      .notNull()
      .references(() => relays.id),
    /** Their id of it, or the hash of what it says. */
    theirId: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.relayId, t.theirId] })],
);

/** How the systems of agencies do. A row each, written at the start and by the relaying job; read by `/health`. */
export const agencySystems = pgTable("agency_systems", {
  agencyId: text().primaryKey(),
  /** The officer in whose name the system answers: a person without chat, name and phone. */
  residentId: reference()
    .notNull()
    .references(() => residents.id),
  /** Since when nothing gets through, wire time; null: all is well. */
  failingSince: moment(),
  failure: text(),
  /** The admins were told of this failure. */
  toldAt: moment(),
});

/** A system as it is stored. */
export type AgencySystemRow = typeof agencySystems.$inferSelect;
