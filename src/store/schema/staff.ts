import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { STAFF_ROLES } from "../../report/status.ts";
import { id, moment, reference } from "./columns.ts";
import { isOneOf } from "./one-of.ts";
import { residents } from "./residents.ts";

/**
 * Which resident holds which staff role. Written by invitations and removals, read inside the transaction of every act.
 * A removed role keeps its row, so the audit can tell who could do what and when. Grows with the staff: thousands.
 */
export const grants = pgTable(
  "grants",
  {
    id: id(),
    residentId: reference()
      .notNull()
      .references(() => residents.id),
    role: text({ enum: STAFF_ROLES }).notNull(),
    /** Officers only. */
    agencyId: text(),
    /** The officer whom escalations of the agency reach. */
    isHead: boolean().notNull().default(false),
    /** Null for admins named in the settings. */
    grantedById: reference().references(() => residents.id),
    grantedAt: moment().notNull(),
    removedAt: moment(),
  },
  (t) => [
    uniqueIndex("grants_current")
      .on(t.residentId, t.role)
      .where(sql`${t.removedAt} is null`),
    check("grants_role", isOneOf(t.role, STAFF_ROLES)),
    check("grants_agency", sql`(${t.role} = 'officer') = (${t.agencyId} is not null)`),
  ],
);

/**
 * Single-use links that make somebody staff. Only the hash is stored, so reading the database invites nobody.
 * Written by `/invite` and by the first use; a few rows a week.
 */
export const invitations = pgTable(
  "invitations",
  {
    /** SHA-256 of the token in the link, hex. */
    tokenHash: text().primaryKey(),
    role: text({ enum: STAFF_ROLES }).notNull(),
    agencyId: text(),
    isHead: boolean().notNull().default(false),
    createdById: reference()
      .notNull()
      .references(() => residents.id),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedById: reference().references(() => residents.id),
    usedAt: moment(),
  },
  (t) => [
    check("invitations_hash", sql`${t.tokenHash} ~ '^[0-9a-f]{64}$'`),
    check("invitations_role", isOneOf(t.role, STAFF_ROLES)),
    check("invitations_agency", sql`(${t.role} = 'officer') = (${t.agencyId} is not null)`),
    check("invitations_expires", sql`${t.expiresAt} > ${t.createdAt}`),
    check("invitations_used", sql`(${t.usedById} is null) = (${t.usedAt} is null)`),
  ],
);

/** An invitation as it is stored. */
export type InvitationRow = typeof invitations.$inferSelect;
