/** What every event of a report's life is called, for its author and its followers, and for everybody. */
import type { Key, Params } from "../i18n/keys.ts";
import type { EventData, EventKind } from "../report/event.ts";
import { closingInWords } from "./check-notices.ts";
import { dayInWords, explainDue, type Reading } from "./dates.ts";
import { agencyName, rejectionInWords, topicTitle } from "./report-words.ts";

/** The words of one event; the second part, where there is one, stands apart. */
export type What = string | { what: string; why: string };

/** An event as it is stored: which kinds have which data is seen to when it is written. */
export type LoggedEvent = { kind: string; data: unknown };

export type Tell<Kind extends EventKind> = (reading: Reading, data: EventData[Kind]) => What;

const t = ({ i18n, locale }: Reading, key: Key, params?: Params): string => i18n.t(locale, key, params);

/** What every event is to a resident. Null: it is the staff's, or the program's reminder; or it would tell who voted. */
export const TOLD = {
  submitted: (reading) => t(reading, "people:history.submitted"),
  assigned: (reading, { agencyId, due, reason }) => ({
    what: t(reading, "people:history.assigned", { agency: agencyName(reading, agencyId) }),
    why: [explainDue(reading, due), reason].filter(Boolean).join(". "),
  }),
  rejected: (reading, data) => t(reading, "people:history.rejected", { reason: rejectionInWords(reading, data).title }),
  asked: (reading, { until }) => t(reading, "people:history.asked", { date: dayInWords(reading, until) }),
  replied: (reading) => t(reading, "people:history.replied"),
  wait_ended: (reading) => t(reading, "people:history.wait_ended"),
  repaired: (reading) => t(reading, "people:history.repaired"),
  appealed: (reading) => t(reading, "people:history.appealed"),
  added: (reading) => t(reading, "people:history.added"),
  withdrawn: (reading) => t(reading, "people:history.withdrawn"),
  merged: (reading, { originalId }) => t(reading, "people:history.merged", { number: String(originalId) }),
  unmerged: (reading, { originalId }) => t(reading, "people:history.unmerged", { number: String(originalId) }),
  topic_changed: (reading, { to }) => t(reading, "people:history.topic_changed", { topic: topicTitle(reading, to) }),
  place_changed: (reading) => t(reading, "people:history.place_changed"),
  text_edited: (reading) => t(reading, "people:history.text_edited"),
  photo_hidden: (reading) => t(reading, "people:history.photo_hidden"),
  photo_shown: (reading) => t(reading, "people:history.photo_shown"),
  undone: (reading) => t(reading, "people:history.undone"),
  rerouted: (reading, { to, reason }) => ({
    what: t(reading, "people:history.rerouted", { agency: agencyName(reading, to) }),
    why: reason,
  }),
  postponed: (reading, { from, to, reason }) => ({
    what: t(reading, "people:history.postponed", { from: dayInWords(reading, from), to: dayInWords(reading, to) }),
    why: reason,
  }),
  answered: (reading, { isInTime }) =>
    t(reading, isInTime ? "people:history.answered" : "people:history.answered_late"),
  returned: (reading, { remark }) => ({ what: t(reading, "people:history.returned"), why: remark }),
  photo_reused: null,
  published: (reading) => t(reading, "check:event.published"),
  // That it was disputed, and never by whom or how many.
  disputed: (reading, { isContest }) => t(reading, isContest ? "check:event.contested" : "check:event.disputed"),
  reopened: (reading, { due, reason }) =>
    t(reading, "check:event.reopened", { date: dayInWords(reading, due.to), reason }),
  closed: (reading, data) => closingInWords(reading, data),
  // A date that passed is public, whoever let it pass.
  moderation_late: (reading) => t(reading, "people:history.moderation_late"),
  overdue: (reading, { due }) => t(reading, "people:history.overdue", { date: dayInWords(reading, due) }),
  overdue_escalated: (reading) => t(reading, "people:history.overdue_escalated"),
  answer_check_late: (reading) => t(reading, "people:history.answer_check_late"),
  inspection_late: (reading) => t(reading, "people:history.inspection_late"),
  moderation_escalated: (reading) => t(reading, "people:history.escalated"),
  answer_check_escalated: (reading) => t(reading, "people:history.escalated"),
  inspection_escalated: (reading) => t(reading, "people:history.escalated"),
  repair_ended: (reading) => t(reading, "people:history.repair_ended"),
  reply_reminder: null,
  due_in_three_days: null,
  due_tomorrow: null,
  due_today: null,
  check_reminder: null,
  check_last_reminder: null,
  task_taken: null,
  task_released: null,
  requested: null,
  request_refused: null,
  taken: null,
  released: null,
  noted: null,
  viewed: null,
  voted: null,
  checks_invited: null,
  followed: null,
  unfollowed: null,
  banned: null,
  unbanned: null,
  volunteered: null,
  unvolunteered: null,
  consented: null,
  data_given: null,
  erased: null,
  invited: null,
  joined: null,
  role_removed: null,
  agency_changed: null,
  admin_named: null,
  admin_unnamed: null,
  chat_bound: null,
  chat_unbound: null,
  webhook_added: null,
  webhook_ended: null,
  webhook_retried: null,
  client_added: null,
  client_disabled: null,
  notices_retried: null,
} as const satisfies { readonly [Kind in EventKind]: Tell<Kind> | null };

/** An event as a resident is told of it; null for what they are not. */
export const tellEvent = (reading: Reading, { kind, data }: LoggedEvent): What | null => {
  // A newer program may have written kinds this one does not know. Whoever adds an event gives it the data of its kind: record() takes nothing else.
  const tell = Object.hasOwn(TOLD, kind)
    ? (TOLD[kind as EventKind] as ((r: Reading, d: unknown) => What) | null)
    : null;
  return tell === null ? null : tell(reading, data);
};
