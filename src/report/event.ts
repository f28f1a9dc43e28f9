/** The facts of the log: every kind of event and what is kept of it. Never a name, a phone, a chat id or a resident's words. */
import type { AdditionReader } from "./addition.ts";
import type { PublicKind, RequestKind } from "./answer.ts";
import type { Desk } from "./dispute.ts";
import type { Due } from "./due.ts";
import type { Pause } from "./pause.ts";
import type { Outcome, StaffRole, Status } from "./status.ts";
import type { ConfirmedBy } from "./verdict.ts";

/** What an event tells besides when, who and about which report. */
export type EventData = {
  submitted: Record<never, never>;
  /** `reason`: why an editor gave it other days than the topic has. */
  assigned: { agencyId: string; due: Due; reason?: string };
  /** A reason of the city's list by its code, or the editor's own words. */
  rejected: { code: string; words: null } | { code: null; words: string };
  /** A question stayed without a reply and the agency goes on; one asked in moderation ends as `rejected` by the clock. */
  wait_ended: Pause;
  /** Moments that came by themselves; `due` is the last day of the date that they remind of, or that was missed. */
  reply_reminder: { due: string };
  /** A rejected report can be neither repaired nor appealed any more. */
  repair_ended: { due: string };
  /** Days off before the date bring these two further ahead of it than they are called. */
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
  /** An officer has it in hand from now on. */
  task_taken: { agencyId: string };
  /** The officer put it down; nobody has it in hand. */
  task_released: { agencyId: string };
  /** An answer waits for an editor; `isInTime`: it was sent by the agency's date. */
  answered: { answerId: number; answerKind: PublicKind; agencyId: string; isInTime: boolean };
  /** An officer asks an editor for a later date, another agency, or the resident's word. */
  requested: { answerId: number; answerKind: RequestKind; agencyId: string };
  /** A photo of the answer shows again one that came with an earlier answer, or with a report. */
  photo_reused: { answerId: number; earlierReportId: number };
  /** The public reads the answer and may check it until the end of the day `until`. */
  published: { answerId: number; answerKind: PublicKind; agencyId: string; until: string };
  /** An editor sent the answer back; the date stays. */
  returned: { answerId: number; answerKind: PublicKind; agencyId: string; remark: string };
  /** An editor refused the request; nothing else changes. */
  request_refused: { answerId: number; answerKind: RequestKind; agencyId: string; remark: string };
  /** The last day moves; `reason` are the officer's public words, `count` tells whether it was the first time. */
  postponed: { answerId: number; agencyId: string; from: string; to: string; reason: string; count: number };
  /** Another agency has it; the clock goes on. `added`: days an editor gave, and the public reason; `until` is the last day now. */
  rerouted: {
    from: string;
    to: string;
    reason: string;
    hops: number;
    added: { days: number; reason: string } | null;
    until: string;
  };
  /** The author was asked something: `additionId` are the words. `answerId`: an officer's question that an editor passed on. */
  asked: { additionId: number; answerId: number | null; until: string };
  /** The author replied; `pause` is how long an agency's clock stood still. */
  replied: { additionId: number; pause: Pause | null };
  /** The author corrected a rejected report and sent it again, for the so-manieth time. */
  repaired: { repairs: number };
  /** The author does not agree with the rejection: `additionId` are the words. */
  appealed: { additionId: number };
  /** It goes on as part of another report; `dueAt` (ISO) is the date it had. */
  merged: { originalId: number; dueAt: string };
  unmerged: { originalId: number };
  topic_changed: { from: string; to: string };
  place_changed: { from: string; to: string };
  text_edited: Record<never, never>;
  photo_hidden: { photoId: number };
  photo_shown: { photoId: number };
  /** An editor reads it, until (ISO). */
  taken: { until: string };
  released: Record<never, never>;
  /** The author added words or photos: `additionId` are those, `reader` whom they reach. */
  added: { additionId: number; reader: AdditionReader };
  /** Its author took it back. */
  withdrawn: { from: Status };
  /** Words among the staff. */
  noted: { additionId: number };
  /** The author may file nothing until (ISO); the words are what they were told. */
  banned: { until: string; reason: string };
  unbanned: Record<never, never>;
  /**
   * Who decided took it back; `kind` is the event that counts no longer, `agencyId` who had the report by it, `desk` where the dispute
   * stands that is open again.
   */
  undone: { kind: string; agencyId?: string; desk?: Desk };
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
  invited: { role: StaffRole; agencyId: string | null; isHead?: boolean };
  /** The invitation was used by the actor. */
  joined: { role: StaffRole; agencyId: string | null; isHead?: boolean };
  /** An officer works for another agency from now on; `residentId` is the officer. */
  agency_changed: { residentId: number; from: string; to: string };
  /** `residentId` has this role no more. */
  role_removed: { residentId: number; role: StaffRole; agencyId: string | null };
  /** A person got everything that is held about them, or (`residentId`) an operator for a person without Telegram. */
  data_given: { residentId: number };
  /** A person was erased; the facts stay without them. */
  erased: { residentId: number };
  /** An admin named in the settings, and one who is no longer. */
  admin_named: Record<never, never>;
  admin_unnamed: Record<never, never>;
  chat_bound: { purpose: "editors" | "agency" | "channel"; districtIds: string[]; agencyId: string | null };
  chat_unbound: Record<never, never>;
  /** A program may file over Open311, and one that no longer may. */
  client_added: { clientId: number; perDay: number };
  client_disabled: { clientId: number };
  /** A partner hears of public changes, of one district or agency or all; where, which may open doors, stands in `webhooks` alone. */
  webhook_added: { webhookId: number; districtId: string | null; agencyId: string | null };
  /** A partner hears nothing more; or everything that was given up is tried anew. */
  webhook_ended: { webhookId: number };
  webhook_retried: { webhookId: number };
  /** So many undeliverable notices were let wait anew. */
  notices_retried: { count: number };
};

export type EventKind = keyof EventData;
