import { check, doublePrecision, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { VOTE_VALUES, VOTER_KINDS } from "../../report/verdict.ts";
import { additions } from "./additions.ts";
import { moment, reference } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { reports } from "./reports.ts";
import { residents } from "./residents.ts";

/**
 * What voters say of a published answer, one vote a person and cycle. Nobody but inspectors sees one before the window closes.
 * Written by cast-vote; read by the tally and, once closed, by pages. A few rows a report.
 */
export const votes = pgTable(
  "votes",
  {
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    cycle: integer().notNull(),
    voterId: reference()
      .notNull()
      .references(() => residents.id),
    kind: text({ enum: VOTER_KINDS }).notNull(),
    value: text({ enum: VOTE_VALUES }).notNull(),
    /** The words and photos that came with it. */
    additionId: reference().references(() => additions.id),
    /** The operator who wrote down the word of a person without Telegram. */
    recordedById: reference().references(() => residents.id),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.cycle, t.voterId] }),
    check("votes_kind", isOneOf(t.kind, VOTER_KINDS)),
    check("votes_value", isOneOf(t.value, VOTE_VALUES)),
  ],
);

/** A vote as it is stored. */
export type VoteRow = typeof votes.$inferSelect;

/** Who hears all of somebody else's report and may vote on it. Written by follow and unfollow, and by merging. */
export const followers = pgTable(
  "followers",
  {
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    residentId: reference()
      .notNull()
      .references(() => residents.id),
    /** Whoever joined after an answer was sent has no vote on it. */
    joinedAt: moment().notNull(),
    leftAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.residentId] }), index("followers_resident").on(t.residentId)],
);

/** Residents who are ready to check fixes near a place of their choice. Written by `/volunteer`; read when an answer is published. */
export const volunteers = pgTable(
  "volunteers",
  {
    residentId: reference()
      .primaryKey()
      .references(() => residents.id),
    lat: doublePrecision().notNull(),
    lon: doublePrecision().notNull(),
    joinedAt: moment().notNull(),
  },
  (t) => [index("volunteers_place").on(t.lat, t.lon)],
);

/**
 * Invitations to look at a published answer: at most five a report and cycle, two a volunteer and day. Written when an answer is published
 * and on the two mornings after.
 */
export const checks = pgTable(
  "checks",
  {
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    cycle: integer().notNull(),
    residentId: reference()
      .notNull()
      .references(() => residents.id),
    invitedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.cycle, t.residentId] }),
    index("checks_resident").on(t.residentId, t.invitedAt),
  ],
);
