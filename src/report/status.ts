/**
 * The life of a report as one table: the only source of statuses, acts and who may cause them.
 * Types, buttons, permissions, the database's CHECK, Open311 values and the diagram in the docs are derived from it.
 */

/** Who may cause an act: `author` is the resident who filed it, `clock` is the program itself when a date passes. */
export const ROLES = ["author", "editor", "officer", "inspector", "operator", "admin", "clock"] as const;
export type Role = (typeof ROLES)[number];

/** Roles that are granted by an invitation (an admin also by the settings). */
export const STAFF_ROLES = ["editor", "officer", "inspector", "operator", "admin"] as const satisfies readonly Role[];
export type StaffRole = (typeof STAFF_ROLES)[number];

type StatusRule = {
  /** Who owes the next step; nobody where the life rests. */
  owes: "editor" | "author" | "officer" | "residents" | "inspector" | null;
  /** The clock that runs in this status. */
  clock:
    "moderation" | "reply" | "repair" | "handling" | "planned" | "answer_check" | "verification" | "inspection" | null;
  /** GeoReport v2 knows just two. */
  open311: "open" | "closed";
  /** What the public may see: everything an editor passed, or number, status and dates only. */
  shows: "all" | "dates";
};

export const STATUSES = {
  submitted: { owes: "editor", clock: "moderation", open311: "open", shows: "dates" },
  needs_info: { owes: "author", clock: "reply", open311: "open", shows: "dates" },
  rejected: { owes: null, clock: "repair", open311: "closed", shows: "dates" },
  merged: { owes: null, clock: null, open311: "closed", shows: "all" },
  withdrawn: { owes: null, clock: null, open311: "closed", shows: "dates" },
  assigned: { owes: "officer", clock: "handling", open311: "open", shows: "all" },
  planned: { owes: "officer", clock: "planned", open311: "open", shows: "all" },
  answered: { owes: "editor", clock: "answer_check", open311: "open", shows: "all" },
  published: { owes: "residents", clock: "verification", open311: "open", shows: "all" },
  disputed: { owes: "inspector", clock: "inspection", open311: "open", shows: "all" },
  closed: { owes: null, clock: null, open311: "closed", shows: "all" },
} as const satisfies Record<string, StatusRule>;
export type Status = keyof typeof STATUSES;
export const STATUS_NAMES = Object.keys(STATUSES) as readonly Status[];

/** How a closed report ended; statistics count only `confirmed` as fixed. */
export const OUTCOMES = ["confirmed", "unverified", "answer_upheld", "not_fixable"] as const;
export type Outcome = (typeof OUTCOMES)[number];

type ActRule = {
  from: readonly Status[];
  to: Status;
  by: readonly Role[];
  /** What the act is refused without. */
  needs: readonly ("agency" | "reason")[];
};

/** Everything that moves a report. `submit`, which makes one, is not here: it starts from a draft. */
export const ACTS = {
  accept: { from: ["submitted"], to: "assigned", by: ["editor", "admin"], needs: ["agency"] },
  reject: { from: ["submitted"], to: "rejected", by: ["editor", "admin"], needs: ["reason"] },
} as const satisfies Record<string, ActRule>;
export type Act = keyof typeof ACTS;

/** The acts that are possible in a status, in the order of the table: what a card offers. */
export const actsFrom = (status: Status): Act[] =>
  (Object.keys(ACTS) as Act[]).filter((act) => (ACTS[act].from as readonly Status[]).includes(status));
