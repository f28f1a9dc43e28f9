/** The facts of the log: every kind of event and what is kept of it. Never a name, a phone, a chat id or a resident's words. */
import type { Desk } from "./dispute.ts";
import type { Due } from "./due.ts";
import type { Pause } from "./pause.ts";
import type { Outcome, StaffRole } from "./status.ts";
import type { ConfirmedBy } from "./verdict.ts";

/** What an event tells besides when, who and about which report. */
export type EventData = {
  submitted: Record<never, never>;
  assigned: { agencyId: string; due: Due };
  /** A reason of the city's list by its code, or the editor's own words. */
  rejected: { code: string; words: null } | { code: null; words: string };
  /** A question stayed without a reply and the agency goes on; one asked in moderation ends as `rejected` by the clock. */
  wait_ended: Pause;
  /** Moments that came by themselves; `due` is the last day of the date that they remind of, or that was missed. */
  reply_reminder: { due: string };
  due_in_three_days: { due: string };
  due_tomorrow: { due: string };
  due_today: { due: string };
  moderation_late: { due: string };
  moderation_escalated: { due: string };
  /** `escalatesOn`: the last day before the agency's head and the admins hear of it. */
  overdue: { due: string; escalatesOn: string };
  overdue_escalated: { due: string };
  answer_check_late: { due: string };
  answer_check_escalated: { due: string };
  check_reminder: { due: string };
  check_last_reminder: { due: string };
  inspection_late: { due: string };
  inspection_escalated: { due: string };
  /** Someone of the staff looked at the full report, the author's name included. */
  viewed: Record<never, never>;
  /** Volunteers were asked to look at the published answer; who they are stands in `checks`. */
  checks_invited: { cycle: number; count: number };
  /** Somebody voted; what they said stands in `votes`, so that no reader of the log learns it before the check is over. */
  voted: { cycle: number };
  /** `isContest`: by its author, of a report that was closed already. */
  disputed: { cycle: number; desk: Desk; isContest: boolean; due: Due };
  /** The decision on a dispute: the answer does not stand, `cycle` begins. */
  reopened: { cycle: number; agencyId: string; reason: string; due: Due };
  /** By the votes, by the end of the window, or (`reason`) by the decision on a dispute. */
  closed: { cycle: number; outcome: Outcome; by: ConfirmedBy; reason: string | null };
  followed: Record<never, never>;
  unfollowed: Record<never, never>;
  volunteered: Record<never, never>;
  unvolunteered: Record<never, never>;
  consented: { version: number };
  invited: { role: StaffRole; agencyId: string | null };
  /** The invitation was used by the actor. */
  joined: { role: StaffRole; agencyId: string | null };
  /** An admin named in the settings, and one who is no longer. */
  admin_named: Record<never, never>;
  admin_unnamed: Record<never, never>;
  chat_bound: { purpose: "editors" | "agency"; districtIds: string[]; agencyId: string | null };
  chat_unbound: Record<never, never>;
};

export type EventKind = keyof EventData;

/** One kind of event with its data, as a union to switch over. */
export type ReportEvent = { [Kind in EventKind]: { kind: Kind; data: EventData[Kind] } }[EventKind];
