/**
 * A report's log as everybody may read it, on its page and on the card the bot shows to strangers: what happened, and never who it was.
 * Words are in it only if an editor or inspector wrote or passed them, and as long as that decision counts.
 */
import type { Key } from "../i18n/keys.ts";
import type { EventKind, EventData } from "../report/event.ts";
import { TOLD, type LoggedEvent, type What } from "./event-words.ts";
import type { Reading } from "./dates.ts";
import { agencyName } from "./report-words.ts";

/** An event with the role in which somebody acted; nothing here needs to know more of them. */
export type PublicEvent = LoggedEvent & { at: Date; actorRole: string };

/** A line of the log; `why` are words that stand apart. */
export type LogLine = { at: Date; what: string; why: string | null };

type TellPublicly<Kind extends EventKind> = (reading: Reading, data: EventData[Kind], actorRole: string) => What;

const fact =
  (key: Key) =>
  ({ i18n, locale }: Reading): string =>
    i18n.t(locale, key);

/** Every kind of event: how the public reads it, or that it does not. */
export const PUBLIC = {
  submitted: TOLD.submitted,
  assigned: TOLD.assigned,
  // The reason was for its author to put right, before anything was public.
  rejected: fact("report-page:log.rejected"),
  asked: TOLD.asked,
  replied: TOLD.replied,
  wait_ended: TOLD.wait_ended,
  repaired: TOLD.repaired,
  appealed: TOLD.appealed,
  merged: TOLD.merged,
  unmerged: TOLD.unmerged,
  withdrawn: TOLD.withdrawn,
  topic_changed: TOLD.topic_changed,
  place_changed: TOLD.place_changed,
  text_edited: TOLD.text_edited,
  photo_hidden: TOLD.photo_hidden,
  photo_shown: TOLD.photo_shown,
  undone: TOLD.undone,
  rerouted: (reading, { to, reason }, actorRole) => {
    const what = reading.i18n.t(reading.locale, "people:history.rerouted", { agency: agencyName(reading, to) });
    // An officer's first quick hand-over takes effect without an editor, so nobody has passed its words.
    return actorRole === "officer" ? what : { what, why: reason };
  },
  postponed: TOLD.postponed,
  answered: TOLD.answered,
  returned: TOLD.returned,
  published: TOLD.published,
  disputed: TOLD.disputed,
  reopened: TOLD.reopened,
  closed: TOLD.closed,
  moderation_late: TOLD.moderation_late,
  overdue: TOLD.overdue,
  overdue_escalated: TOLD.overdue_escalated,
  answer_check_late: TOLD.answer_check_late,
  inspection_late: TOLD.inspection_late,
  moderation_escalated: TOLD.moderation_escalated,
  answer_check_escalated: TOLD.answer_check_escalated,
  inspection_escalated: TOLD.inspection_escalated,
  added: "not public",
  photo_reused: "not public",
  reply_reminder: "not public",
  repair_ended: "not public",
  due_in_three_days: "not public",
  due_tomorrow: "not public",
  due_today: "not public",
  check_reminder: "not public",
  check_last_reminder: "not public",
  task_taken: "not public",
  task_released: "not public",
  requested: "not public",
  request_refused: "not public",
  taken: "not public",
  released: "not public",
  noted: "not public",
  viewed: "not public",
  voted: "not public",
  checks_invited: "not public",
  followed: "not public",
  unfollowed: "not public",
  banned: "not public",
  unbanned: "not public",
  volunteered: "not public",
  unvolunteered: "not public",
  consented: "not public",
  data_given: "not public",
  erased: "not public",
  invited: "not public",
  joined: "not public",
  role_removed: "not public",
  agency_changed: "not public",
  admin_named: "not public",
  admin_unnamed: "not public",
  chat_bound: "not public",
  chat_unbound: "not public",
  webhook_added: "not public",
  webhook_ended: "not public",
  webhook_retried: "not public",
  client_added: "not public",
  client_disabled: "not public",
  notices_retried: "not public",
} as const satisfies { readonly [Kind in EventKind]: TellPublicly<Kind> | "not public" };

/** Whether a kind that is stored is one that this program knows. */
const isKind = (kind: string): kind is EventKind => Object.hasOwn(PUBLIC, kind);

/** The log in words, in order. A decision that was taken back keeps its line and loses its words. */
export const publicLog = (reading: Reading, history: readonly PublicEvent[]): LogLine[] => {
  const revoked = takenBack(history);
  return history.flatMap((event) => {
    const { kind, data, at, actorRole } = event;
    if (!isKind(kind)) return [];
    const tell = PUBLIC[kind] as TellPublicly<EventKind> | "not public";
    if (tell === "not public") return [];
    if (revoked.has(event)) return [{ at, what: reading.i18n.t(reading.locale, `people:did.${kind}`), why: null }];
    // Whoever adds an event gives it the data of its kind: record() takes nothing else.
    const told = tell(reading, data as EventData[EventKind], actorRole);
    return [typeof told === "string" ? { at, what: told, why: null } : { at, ...told }];
  });
};

/** The events that still count, for whoever explains what came of them. */
export const withoutTakenBack = <Event extends LoggedEvent>(history: readonly Event[]): Event[] => {
  const revoked = takenBack(history);
  return history.filter((event) => !revoked.has(event));
};

/** Each taking back ends the last decision of its kind before it. */
const takenBack = <Event extends LoggedEvent>(history: readonly Event[]): ReadonlySet<Event> => {
  const revoked = new Set<Event>();
  for (const [index, { kind, data }] of history.entries()) {
    if (kind !== "undone") continue;
    const decision = history
      .slice(0, index)
      .findLast((earlier) => earlier.kind === (data as EventData["undone"]).kind && !revoked.has(earlier));
    if (decision !== undefined) revoked.add(decision);
  }
  return revoked;
};
