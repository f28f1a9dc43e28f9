import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, moment, reference } from "./columns.ts";
import { events } from "./events.ts";
import { isOneOf } from "./one-of.ts";
import { reports } from "./reports.ts";

/** `paused`: the partner was away for days, deliveries wait for an admin; `off`: ended for good. */
export const WEBHOOK_STATES = ["active", "paused", "off"] as const;

/**
 * The addresses at which partners hear of public changes. Written by admins' commands and by the delivery; read wherever a public change is
 * recorded. A few rows; those that are off stay, for the audit. Every moment but `addedAt` is wire time.
 */
export const webhooks = pgTable(
  "webhooks",
  {
    id: id(),
    url: text().notNull(),
    /** Only reports of this district, or of this agency; null both: all. */
    districtId: text(),
    agencyId: text(),
    /** Signs what is sent, so it has to be readable; gone once it signs nothing more. */
    secret: text(),
    state: text({ enum: WEBHOOK_STATES }).notNull().default("active"),
    addedAt: moment().notNull(),
    /** The number of the newest delivery that was begun; there are no gaps. */
    lastSequence: integer().notNull().default(0),
    /** How often an admin had everything tried anew; what fails after that is told anew. */
    retries: integer().notNull().default(0),
    /** A process is delivering until then; should it die, another one goes on afterwards. */
    claimedUntil: moment(),
    /** Not to be tried before then. */
    retryAt: moment(),
    /** Nothing has arrived since; null while things arrive. `failure`: why, in a word. */
    failingSince: moment(),
    failure: text(),
    deliveredAt: moment(),
  },
  (t) => [
    check("webhooks_state", isOneOf(t.state, WEBHOOK_STATES)),
    check("webhooks_narrowed_once", sql`${t.districtId} is null or ${t.agencyId} is null`),
    check("webhooks_secret", sql`(${t.state} = 'off') = (${t.secret} is null)`),
  ],
);

export const DELIVERY_STATES = ["waiting", "delivered", "dead"] as const;

/**
 * What a partner is to hear: which event, never the words, which are read from the report when they are sent. Written in the transaction
 * of the event; settled by the delivery. About ten rows a report and webhook; settled ones are swept after 30 days.
 */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: id(),
    webhookId: reference()
      .notNull()
      .references(() => webhooks.id),
    eventId: reference()
      .notNull()
      .references(() => events.id),
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    /** Its place in the order of delivery, given when it is tried first. */
    sequence: integer(),
    state: text({ enum: DELIVERY_STATES }).notNull().default("waiting"),
    attempts: integer().notNull().default(0),
    failure: text(),
    /** Wire time. */
    settledAt: moment(),
  },
  (t) => [
    unique("webhook_deliveries_event").on(t.webhookId, t.eventId),
    index("webhook_deliveries_waiting")
      .on(t.webhookId, t.sequence, t.id)
      .where(sql`${t.state} = 'waiting'`),
    index("webhook_deliveries_dead")
      .on(t.webhookId)
      .where(sql`${t.state} = 'dead'`),
    index("webhook_deliveries_settled_at")
      .on(t.settledAt)
      .where(sql`${t.settledAt} is not null`),
    check("webhook_deliveries_state", isOneOf(t.state, DELIVERY_STATES)),
    check("webhook_deliveries_settled", sql`(${t.state} = 'waiting') = (${t.settledAt} is null)`),
  ],
);
