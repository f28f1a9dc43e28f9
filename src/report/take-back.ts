/** What whoever decided may take back, and how a report stood before: what taking the decision back restores. One table. */
import { z } from "zod";
import type { EventKind } from "./event.ts";
import { OUTCOMES, ruleOfAct, STAFF_ROLES, STATUS_NAMES, type Act, type StaffRole, type Status } from "./status.ts";

/** One's own last decision may be taken back for so long, in minutes. */
export const TAKE_BACK_MINUTES = 5;

type TakeBackRule = {
  /** The act that makes the event; null where a report is put right without moving. */
  act: Act | null;
  /** What came of it besides the report itself and the answer it decided. */
  alsoEnds?: "following" | "invitations";
};

/** The decisions by their events. What an agency or a resident said is not among them: they are told already. */
const TAKEN_BACK = {
  assigned: { act: "accept" },
  rejected: { act: "reject" },
  asked: { act: "ask" },
  merged: { act: "merge", alsoEnds: "following" },
  topic_changed: { act: null },
  place_changed: { act: null },
  text_edited: { act: null },
  published: { act: "publish", alsoEnds: "invitations" },
  returned: { act: "return" },
  request_refused: { act: null },
  postponed: { act: "postpone" },
  rerouted: { act: "reroute" },
  // The two verdicts on a dispute; votes close reports, too, but nobody takes a vote back.
  closed: { act: "uphold" },
  reopened: { act: "reopen" },
} as const satisfies { readonly [Kind in EventKind]?: TakeBackRule };

/** An event that may be taken back. */
export type TakenBack = keyof typeof TAKEN_BACK;
export const TAKEN_BACK_KINDS = Object.keys(TAKEN_BACK) as TakenBack[];

/** The rule of such an event, as wide as the table's own type. */
export const ruleOfTakingBack = (kind: TakenBack): TakeBackRule => TAKEN_BACK[kind];

const ACTS_TAKEN_BACK: ReadonlySet<Act | null> = new Set(TAKEN_BACK_KINDS.map((kind) => TAKEN_BACK[kind].act));

/** Whether what this act did may be taken back. */
export const mayBeTakenBack = (act: Act): boolean => ACTS_TAKEN_BACK.has(act);

/** The staff who decide such things, and so may take them back. */
export const DECIDERS: readonly StaffRole[] = STAFF_ROLES.filter((role) =>
  TAKEN_BACK_KINDS.some((kind) => {
    const { act } = ruleOfTakingBack(kind);
    return act !== null && ruleOfAct(act).by.includes(role);
  }),
);

/** What may happen after a decision and still leaves it alone: nobody acted on it. */
export const LEAVES_ALONE = [
  "viewed",
  "noted",
  "released",
  "photo_hidden",
  "photo_shown",
  "photo_reused",
  "checks_invited",
  "followed",
  "unfollowed",
] as const satisfies readonly EventKind[];

const moment = z.coerce.date().nullable();
const count = z.int();
const reference = z.int().nullable();
const text = z.string().nullable();

/** Every column that a decision changes. Strict: one that is missing here would not be restored. Parsed, because jsonb keeps dates as texts. */
const Columns = z.strictObject({
  status: z.enum(STATUS_NAMES as [Status, ...Status[]]),
  statusAt: z.coerce.date(),
  dueAt: moment,
  agencyId: text,
  officerId: reference,
  assignedAt: moment,
  handlingDueAt: moment,
  firstDueAt: moment,
  dayCount: reference,
  returnsTo: z.enum(["submitted", "assigned"]).nullable(),
  pausedAt: moment,
  moderatorId: reference,
  isOnTop: z.boolean(),
  mergedIntoId: reference,
  tickedAt: moment,
  takenById: reference,
  takenUntil: moment,
  hops: count,
  postponements: count,
  cycle: count,
  outcome: z.enum(OUTCOMES).nullable(),
  answeredAt: moment,
  publishedAt: moment,
  publisherId: reference,
  topicId: z.string(),
  districtId: z.string(),
  address: text,
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  publicText: text,
});
/** Some of them: those that one decision changed. */
type Before = Partial<z.output<typeof Columns>>;
const Before = Columns.partial();

/** What has to be kept of a report before a change that may be taken back: how the columns stood that it touches. */
export const toBefore = (
  report: Readonly<Record<string, unknown>>,
  columns: readonly string[],
): Record<string, unknown> => Before.parse(Object.fromEntries(columns.map((column) => [column, report[column]])));

/** The same out of the database. */
export const readBefore = (stored: unknown): Before =>
  // JSON knows no undefined.
  Before.parse(stored) as Before;
