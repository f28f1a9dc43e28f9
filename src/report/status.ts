/**
 * The life of a report as one table: the only source of statuses, acts and who may cause them.
 * Types, buttons, permissions, the database's CHECK, Open311 values and the diagram in the docs are derived from it.
 */

/**
 * Who may cause an act: `author` filed it, a `follower` joined it, a `volunteer` was invited to check it, `clock` is the program itself
 * when a date passes, the others are staff.
 */
export const ROLES = [
  "author",
  "follower",
  "volunteer",
  "editor",
  "officer",
  "inspector",
  "operator",
  "admin",
  "clock",
] as const;
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
  /** What the public may see: everything an editor passed, or number, status and dates only; `before`: as much as where it goes back to. */
  shows: "all" | "dates" | "before";
  /** What a report in it always has, besides `dueAt` where somebody owes a step. */
  has: readonly Mark[];
};

/** What the steps before a status leave behind on the report, by the names of its columns. */
export const MARKS = ["agencyId", "assignedAt", "handlingDueAt", "answeredAt", "publishedAt"] as const;
type Mark = (typeof MARKS)[number];

const ASSIGNED = ["agencyId", "assignedAt", "handlingDueAt"] as const satisfies readonly Mark[];
const ANSWERED = [...ASSIGNED, "answeredAt"] as const satisfies readonly Mark[];

export const STATUSES = {
  submitted: { owes: "editor", clock: "moderation", open311: "open", shows: "dates", has: [] },
  needs_info: { owes: "author", clock: "reply", open311: "open", shows: "before", has: [] },
  rejected: { owes: null, clock: "repair", open311: "closed", shows: "dates", has: [] },
  merged: { owes: null, clock: null, open311: "closed", shows: "before", has: [] },
  withdrawn: { owes: null, clock: null, open311: "closed", shows: "dates", has: [] },
  assigned: { owes: "officer", clock: "handling", open311: "open", shows: "all", has: ASSIGNED },
  planned: { owes: "officer", clock: "planned", open311: "open", shows: "all", has: ASSIGNED },
  answered: { owes: "editor", clock: "answer_check", open311: "open", shows: "all", has: ANSWERED },
  published: { owes: "residents", clock: "verification", open311: "open", shows: "all", has: MARKS },
  disputed: { owes: "inspector", clock: "inspection", open311: "open", shows: "all", has: MARKS },
  closed: { owes: null, clock: null, open311: "closed", shows: "all", has: MARKS },
} as const satisfies Record<string, StatusRule>;
export type Status = keyof typeof STATUSES;
export const STATUS_NAMES = Object.keys(STATUSES) as readonly Status[];

/** Whether the public may see all of a report that an editor passed, and not only number, status and dates. */
export const isShown = ({ status, returnsTo }: { status: Status; returnsTo: Status | null }): boolean => {
  const { shows }: StatusRule = STATUSES[status];
  return shows === "before" ? returnsTo !== null && STATUSES[returnsTo].shows === "all" : shows === "all";
};

/** How a closed report ended; statistics count only `confirmed` as fixed. */
export const OUTCOMES = ["confirmed", "unverified", "answer_upheld", "not_fixable"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an act is refused without; `reason` and `remark` are words that are shown, `words_or_photo` is one or the other. */
export const NEEDS = ["agency", "reason", "remark", "words", "words_or_photo", "date", "original", "answer"] as const;
export type Need = (typeof NEEDS)[number];

type ActRule = {
  from: readonly Status[];
  /** Where it leads; where several stand, the report's own past decides: it goes back where it was, or its votes decide. */
  to: readonly [Status, ...Status[]];
  by: readonly Role[];
  needs: readonly Need[];
  /** What it does to the agency's date: only `needs_info` makes its clock stand still, only a postponement moves it. */
  date?: "sets" | "pauses" | "resumes" | "moves" | "halves";
};

const EDITORS = ["editor", "admin"] as const;
/** The author; an operator acts for a person without Telegram whose report they filed. */
const AUTHOR = ["author", "operator"] as const;

/** Everything that moves a report. `submit`, which makes one, is not here: it starts from a draft. */
export const ACTS = {
  accept: { from: ["submitted"], to: ["assigned"], by: EDITORS, needs: ["agency"], date: "sets" },
  reject: { from: ["submitted"], to: ["rejected"], by: EDITORS, needs: ["reason"] },
  /** From `assigned` it may be an officer's question that an editor passes on. */
  ask: { from: ["submitted", "assigned"], to: ["needs_info"], by: EDITORS, needs: ["words"], date: "pauses" },
  merge: { from: ["submitted", "assigned"], to: ["merged"], by: EDITORS, needs: ["original"] },
  unmerge: { from: ["merged"], to: ["submitted", "assigned"], by: EDITORS, needs: [] },
  reply: {
    from: ["needs_info"],
    to: ["submitted", "assigned"],
    by: AUTHOR,
    needs: ["words_or_photo"],
    date: "resumes",
  },
  end_waiting: { from: ["needs_info"], to: ["rejected", "assigned"], by: ["clock"], needs: [], date: "resumes" },
  repair: { from: ["rejected"], to: ["submitted"], by: AUTHOR, needs: [] },
  appeal: { from: ["rejected"], to: ["submitted"], by: AUTHOR, needs: ["words"] },
  withdraw: {
    from: ["submitted", "needs_info", "assigned", "planned"],
    to: ["withdrawn"],
    by: AUTHOR,
    needs: [],
  },
  reroute: { from: ["assigned", "planned"], to: ["assigned"], by: EDITORS, needs: ["agency", "reason"] },
  /** An officer's `not_ours`, at once only the first time and within two working days; else it waits for an editor's `reroute`. */
  hand_over: { from: ["assigned"], to: ["assigned"], by: ["officer"], needs: ["agency", "reason"] },
  postpone: {
    from: ["assigned", "planned"],
    to: ["planned"],
    by: EDITORS,
    needs: ["date", "reason"],
    date: "moves",
  },
  answer: { from: ["assigned", "planned"], to: ["answered"], by: ["officer"], needs: ["answer"] },
  publish: { from: ["answered"], to: ["published"], by: EDITORS, needs: [] },
  return: { from: ["answered"], to: ["assigned", "planned"], by: EDITORS, needs: ["remark"] },
  confirm: {
    from: ["published"],
    to: ["published", "closed"],
    by: ["author", "follower", "volunteer", "inspector", "operator"],
    needs: [],
  },
  refute: {
    from: ["published"],
    to: ["disputed"],
    by: ["author", "follower", "volunteer", "inspector", "operator"],
    needs: ["words_or_photo"],
  },
  end_window: { from: ["published"], to: ["closed"], by: ["clock"], needs: [] },
  /** Its author only, until day 10 after publication. */
  contest: { from: ["closed"], to: ["disputed"], by: AUTHOR, needs: ["words_or_photo"] },
  uphold: { from: ["disputed"], to: ["closed"], by: ["inspector", ...EDITORS], needs: ["reason"] },
  reopen: { from: ["disputed"], to: ["assigned"], by: ["inspector", ...EDITORS], needs: ["reason"], date: "halves" },
} as const satisfies Record<string, ActRule>;
export type Act = keyof typeof ACTS;
export const ACT_NAMES = Object.keys(ACTS) as readonly Act[];

/** An act's rule, as wide as the table's own type. */
export const ruleOfAct = (act: Act): ActRule => ACTS[act];

/** The acts that somebody in one of these roles can do in a status, in the order of the table: what a card for them offers. */
export const actsFrom = (status: Status, ...roles: readonly Role[]): Act[] =>
  ACT_NAMES.filter((act) => {
    const { from, by } = ruleOfAct(act);
    return from.includes(status) && by.some((role) => roles.includes(role));
  });
