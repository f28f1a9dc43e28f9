/** What an agency may say of a report, as data: its kinds, what each needs, and who decides it. */
import { Temporal } from "temporal-polyfill";
import { addWorkingDays } from "../city/calendar.ts";
import { cityDate, endOfDay } from "../city/city-time.ts";
import { lastDayOf, type DueCity } from "./due.ts";
import type { Act, Status } from "./status.ts";

/**
 * `fixed` and `cannot_fix` are answers that the public will read; `planned` asks for a later date, `not_ours` for another agency, and
 * `question` for something only the resident knows. An editor decides each of them, but for the first quick `not_ours`.
 */
export const ANSWER_KINDS = ["fixed", "cannot_fix", "planned", "not_ours", "question"] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** `waiting` for an editor; `accepted` (published, postponed, re-routed, passed on); `returned` with a remark; `replaced` by a newer one or by what happened meanwhile. */
export const ANSWER_STATES = ["waiting", "accepted", "returned", "replaced"] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];

/** The kinds that are read by the public; the others ask an editor for something. */
export const PUBLIC_KINDS = ["fixed", "cannot_fix"] as const satisfies readonly AnswerKind[];
export type PublicKind = (typeof PUBLIC_KINDS)[number];
export type RequestKind = Exclude<AnswerKind, PublicKind>;

export const isPublicKind = (kind: AnswerKind): kind is PublicKind =>
  (PUBLIC_KINDS as readonly string[]).includes(kind);

type AnswerRule = {
  /** Where it may be sent from. */
  from: readonly Status[];
  /** The officer's act whose right it takes. */
  sentBy: Act;
  /** The editor's act that accepts it. */
  acceptedBy: Act;
  /** What it says nothing without. */
  photo: "required" | "welcome";
};

const ANSWERS = {
  fixed: { from: ["assigned", "planned"], sentBy: "answer", acceptedBy: "publish", photo: "required" },
  cannot_fix: { from: ["assigned", "planned"], sentBy: "answer", acceptedBy: "publish", photo: "welcome" },
  planned: { from: ["assigned", "planned"], sentBy: "answer", acceptedBy: "postpone", photo: "welcome" },
  not_ours: { from: ["assigned"], sentBy: "hand_over", acceptedBy: "reroute", photo: "welcome" },
  question: { from: ["assigned"], sentBy: "answer", acceptedBy: "ask", photo: "welcome" },
} as const satisfies Record<AnswerKind, AnswerRule>;

/** The rule of a kind, as wide as the table's own type. */
export const ruleOfAnswer = (kind: AnswerKind): AnswerRule => ANSWERS[kind];

/** Characters an officer's words have, both included: «сделано» alone tells a resident nothing. */
export const ANSWER_LENGTH = { min: 10, max: 1000 } as const;

/** Pictures of one answer. */
export const MOST_ANSWER_PHOTOS = 5;

/** A report is put off at most so often in its life. */
export const MOST_POSTPONEMENTS = 2;

/** Nobody promises anything beyond a year. */
const LONGEST_DAYS = 365;

/** `date_passed`: today or before; `date_not_later`: no later than what is promised already; `date_too_far`: beyond a year. */
export type DateFault = "date_passed" | "date_not_later" | "date_too_far";

/** What is wrong with a day as a new date for the report; null when it will do. */
export const faultOfPlannedDay = (
  city: DueCity,
  { handlingDueAt }: { handlingDueAt: Date | null },
  day: Temporal.PlainDate,
  now: Date,
): DateFault | null => {
  const today = cityDate(city, now);
  if (Temporal.PlainDate.compare(day, today) <= 0) return "date_passed";
  if (handlingDueAt !== null && Temporal.PlainDate.compare(day, lastDayOf(city, handlingDueAt)) <= 0) {
    return "date_not_later";
  }
  return Temporal.PlainDate.compare(day, today.add({ days: LONGEST_DAYS })) > 0 ? "date_too_far" : null;
};

const QUICK_WORKING_DAYS = 2;

/** Whether an officer's `not_ours` takes effect without an editor: the report's first, until the second working day after assignment ends. */
export const mayHandOverAtOnce = (
  city: DueCity,
  { hops, assignedAt }: { hops: number; assignedAt: Date | null },
  now: Date,
): boolean => {
  if (hops > 0 || assignedAt === null) return false;
  const lastDay = addWorkingDays(city.calendar, cityDate(city, assignedAt), QUICK_WORKING_DAYS).date;
  return now < endOfDay(city, lastDay);
};
