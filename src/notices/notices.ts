/** What is said when something happens: to whom, how, when. An entry here brings its job, its retries and its quiet hours. */
import type { City } from "../city/schema.ts";
import type { AdditionReader } from "../report/addition.ts";
import type { EventKind } from "../report/event.ts";
import type { Habit } from "../report/quiet-hours.ts";
import type { Status } from "../report/status.ts";
import { outOfTheNight } from "./night.ts";

/** A chat that is told; `residentId` is null for a group. */
export type Listener = { chatId: number; residentId: number | null };

/** Who a notice may be for, by what they are to the report. */
export type Whom =
  | "author"
  | "followers"
  /** Whose word on the published answer counts from the start: its author, and the followers who joined before it was sent. */
  | "voters"
  /** The followers who joined later. */
  | "lateFollowers"
  /** Invited to look at this cycle's answer. */
  | "volunteers"
  /** Author, followers and volunteers who have not voted on this cycle's answer. */
  | "unvoted"
  /** Where the report's district is moderated: groups bound to it, or, where there is none, every editor and admin. */
  | "editors"
  /** Where a card of this report for editors was addressed. */
  | "cardHolders"
  /** Whoever was told of the decision that was taken back just now. */
  | "misinformed"
  /** The groups of the agency that has it, or, where there is none, its officers. */
  | "officers"
  /** The same of whoever had it before and has it no more. */
  | "formerOfficers"
  /** The officer who has it in hand, in their own chat. */
  | "taker"
  | "heads"
  | "inspectors"
  | "admins"
  /** Whoever decides the dispute: inspectors, or the chats of editors, or admins. */
  | "judges";

/** The listeners of a fact; a sort that was not asked for has none. */
export type Audience = Readonly<Partial<Record<Whom, readonly Listener[]>>>;

type NoticeRule = {
  on: readonly EventKind[];
  to: Whom | readonly Whom[];
  /**
   * `message`: said anew, there is something to know. `card`: the report's one card in the chat, said anew where the chat has none.
   * `edit`: that card rewritten, nothing where the chat has none. `new_card`: said anew, and the report's card from now on.
   */
  as: "message" | "card" | "edit" | "new_card";
  /** `day`: waits out the night. What answers a person's own press, rings nobody, or is work, is told at any hour. */
  hours: "any" | "day";
  /** Not said to an author who muted the report: there is nothing they have to do. */
  hushed?: true;
  /** Dropped unsaid when the report has moved on from these; null: always worth it. */
  whileIn: readonly Status[] | null;
  /** Whoever did it was answered in their chat already. */
  notToActor?: true;
  /** Whoever did it is answered in their chat first, and whoever answers wakes it; the sweep does, should that fail. */
  afterAnswer?: true;
  /** Only where the event's data says so; a rule without it is always worth it. */
  when?: (data: Record<string, unknown>) => boolean;
  /** Too many that wait for one chat are told by the one card with the number of the queue. */
  folds?: true;
  /** Several that wait for one chat are said in one message, a line each. */
  together?: true;
};

/** Where an agency owes an answer. */
const IN_WORK = ["assigned", "planned"] as const;

const isFor =
  (reader: AdditionReader) =>
  (data: Record<string, unknown>): boolean =>
    data["reader"] === reader;

/** In the order in which one event's notices are told. */
export const NOTICES = {
  received: { on: ["submitted"], to: "author", as: "card", hours: "any", whileIn: null, afterAnswer: true },
  queue_card: { on: ["submitted"], to: "editors", as: "card", hours: "any", whileIn: ["submitted"], folds: true },
  // What the resident sent back stands below everything newer, so it gets a card of its own.
  queue_again: {
    on: ["replied", "repaired", "appealed", "unmerged"],
    to: "editors",
    as: "new_card",
    hours: "any",
    whileIn: ["submitted"],
    folds: true,
  },
  question: { on: ["asked"], to: "author", as: "message", hours: "day", whileIn: ["needs_info"] },
  replied_officers: { on: ["replied"], to: "officers", as: "message", hours: "any", whileIn: IN_WORK },
  merged: { on: ["merged"], to: "author", as: "message", hours: "day", hushed: true, whileIn: ["merged"] },
  unmerged: { on: ["unmerged"], to: "author", as: "message", hours: "day", hushed: true, whileIn: null },
  undone: { on: ["undone"], to: "misinformed", as: "message", hours: "any", whileIn: null },
  banned: { on: ["banned"], to: "author", as: "message", hours: "day", whileIn: null },
  unbanned: { on: ["unbanned"], to: "author", as: "message", hours: "day", whileIn: null },
  author_card: {
    on: [
      ...["assigned", "rejected", "asked", "replied", "wait_ended", "repaired", "appealed", "merged", "unmerged"],
      ...["topic_changed", "place_changed", "text_edited", "withdrawn"],
      ...["answered", "returned", "postponed", "rerouted", "overdue"],
      ...["published", "disputed", "reopened", "closed", "undone"],
    ] as const,
    to: "author",
    as: "edit",
    hours: "any",
    whileIn: null,
  },
  assigned: {
    on: ["assigned"],
    to: "author",
    as: "message",
    hours: "day",
    hushed: true,
    whileIn: ["assigned", "planned"],
  },
  rejected: { on: ["rejected"], to: "author", as: "message", hours: "day", whileIn: ["rejected"] },
  queue_decided: {
    on: [
      ...["assigned", "rejected", "asked", "replied", "wait_ended", "merged", "unmerged", "withdrawn"],
      ...["taken", "released", "topic_changed", "place_changed", "text_edited", "undone"],
    ] as const,
    to: "cardHolders",
    as: "edit",
    hours: "any",
    whileIn: null,
  },
  reply_reminder: { on: ["reply_reminder"], to: "author", as: "message", hours: "day", whileIn: ["needs_info"] },
  wait_ended: { on: ["wait_ended"], to: "author", as: "message", hours: "day", hushed: true, whileIn: ["assigned"] },
  wait_ended_officers: { on: ["wait_ended"], to: "officers", as: "message", hours: "any", whileIn: ["assigned"] },
  due_reminder: {
    on: ["due_in_three_days", "due_tomorrow", "due_today"],
    to: ["officers", "taker"],
    as: "message",
    hours: "any",
    whileIn: IN_WORK,
    together: true,
  },
  overdue: {
    on: ["overdue"],
    to: ["author", "followers"],
    as: "message",
    hours: "day",
    hushed: true,
    whileIn: IN_WORK,
  },
  overdue_staff: {
    on: ["overdue"],
    to: ["officers", "editors"],
    as: "message",
    hours: "any",
    whileIn: IN_WORK,
    together: true,
  },
  overdue_escalated: {
    on: ["overdue_escalated"],
    to: ["heads", "admins"],
    as: "message",
    hours: "day",
    whileIn: IN_WORK,
    together: true,
  },
  late_escalated: {
    on: ["moderation_escalated", "answer_check_escalated", "inspection_escalated"],
    to: "admins",
    as: "message",
    hours: "day",
    whileIn: ["submitted", "answered", "disputed"],
    together: true,
  },
  check_reminder: { on: ["check_reminder"], to: "unvoted", as: "message", hours: "day", whileIn: ["published"] },
  check_last_reminder: {
    on: ["check_last_reminder"],
    to: "unvoted",
    as: "message",
    hours: "day",
    whileIn: ["published"],
  },
  answer_published: { on: ["published"], to: "voters", as: "message", hours: "day", whileIn: ["published"] },
  answer_followed: { on: ["published"], to: "lateFollowers", as: "message", hours: "day", whileIn: ["published"] },
  check_invited: { on: ["checks_invited"], to: "volunteers", as: "message", hours: "day", whileIn: ["published"] },
  disputed: {
    on: ["disputed"],
    to: ["author", "followers"],
    as: "message",
    hours: "day",
    hushed: true,
    whileIn: ["disputed"],
    notToActor: true,
  },
  disputed_officers: { on: ["disputed"], to: "officers", as: "message", hours: "any", whileIn: ["disputed"] },
  dispute_card: { on: ["disputed"], to: "judges", as: "new_card", hours: "any", whileIn: ["disputed"] },
  dispute_decided: { on: ["reopened", "closed", "undone"], to: "judges", as: "edit", hours: "any", whileIn: null },
  reopened: { on: ["reopened"], to: ["author", "followers"], as: "message", hours: "day", hushed: true, whileIn: null },
  reopened_officers: { on: ["reopened"], to: "officers", as: "message", hours: "any", whileIn: null },
  closed: {
    on: ["closed"],
    to: "author",
    as: "message",
    hours: "day",
    hushed: true,
    whileIn: ["closed"],
    notToActor: true,
  },
  closed_followers: {
    on: ["closed"],
    to: "followers",
    as: "message",
    hours: "day",
    whileIn: ["closed"],
    notToActor: true,
  },
  closed_officers: { on: ["closed"], to: "officers", as: "message", hours: "any", whileIn: ["closed"] },
  // The old agency's card goes before the new one's comes: a report may come back to where it was.
  task_gone: { on: ["rerouted", "undone"], to: "formerOfficers", as: "edit", hours: "any", whileIn: null },
  // Its new card comes below: the old one must not stand there with live buttons and yesterday's story.
  task_moved: {
    on: ["reopened", "returned", "request_refused", "postponed"],
    to: "officers",
    as: "edit",
    hours: "any",
    whileIn: IN_WORK,
  },
  task_card: {
    on: ["assigned", "rerouted", "reopened"],
    to: "officers",
    as: "new_card",
    hours: "any",
    whileIn: IN_WORK,
  },
  task_returned: {
    on: ["returned", "request_refused", "postponed"],
    to: "officers",
    as: "new_card",
    hours: "any",
    whileIn: IN_WORK,
  },
  task_changed: {
    on: [
      ...["task_taken", "task_released", "answered", "requested", "published", "closed", "withdrawn"],
      ...["asked", "replied", "wait_ended", "merged", "unmerged", "undone"],
    ] as const,
    to: "officers",
    as: "edit",
    hours: "any",
    whileIn: null,
  },
  answer_card: {
    on: ["answered", "requested"],
    to: "editors",
    as: "new_card",
    hours: "any",
    whileIn: ["answered", ...IN_WORK],
  },
  answer_decided: {
    on: ["photo_reused", "published", "returned", "request_refused", "postponed", "rerouted", "asked"],
    to: "editors",
    as: "edit",
    hours: "any",
    whileIn: null,
  },
  postponed: {
    on: ["postponed"],
    to: ["author", "followers"],
    as: "message",
    hours: "day",
    hushed: true,
    whileIn: ["planned"],
  },
  rerouted: {
    on: ["rerouted"],
    to: ["author", "followers"],
    as: "message",
    hours: "day",
    hushed: true,
    whileIn: IN_WORK,
  },
  added_editors: { on: ["added"], to: "editors", as: "message", hours: "any", whileIn: null, when: isFor("editors") },
  added_officers: {
    on: ["added"],
    to: "officers",
    as: "message",
    hours: "any",
    whileIn: null,
    when: isFor("officers"),
  },
  added_judges: { on: ["added"], to: "judges", as: "message", hours: "any", whileIn: null, when: isFor("judges") },
  withdrawn_officers: { on: ["withdrawn"], to: "officers", as: "message", hours: "any", whileIn: ["withdrawn"] },
  withdrawn_followers: { on: ["withdrawn"], to: "followers", as: "message", hours: "day", whileIn: ["withdrawn"] },
} as const satisfies Record<string, NoticeRule>;

export type NoticeKind = keyof typeof NOTICES;
const KINDS = Object.keys(NOTICES) as NoticeKind[];

/** Whether the program still knows such a notice: a row may have been written by a newer or an older one. */
export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICES, kind);

/** The rule of a notice, as wide as the table's own type. */
export const ruleOf = (kind: NoticeKind): NoticeRule => NOTICES[kind];

/** What is told at any hour of the night. */
export const TOLD_AT_ANY_HOUR: readonly NoticeKind[] = KINDS.filter((kind) => ruleOf(kind).hours === "any");

/** What whoever muted a report is not told. */
export const HUSHED: readonly NoticeKind[] = KINDS.filter((kind) => ruleOf(kind).hushed === true);

/** A notice to be saved; `dueAt` is city time. */
export type NewNotice = Listener & {
  kind: NoticeKind;
  reportId: number;
  /** The data of the event, so that what is said later is what happened then. */
  params: Record<string, unknown>;
  /** One notice per kind, chat, event and version of the report, however often the fact is told; a date that comes near raises no version. */
  dedupeKey: string;
  dueAt: Date;
};

/** How listeners want to be told, by resident; who is not in it is told as everybody. */
export type Habits = ReadonlyMap<number, Habit>;

/** Every notice an event gives rise to; `audience` holds at least those whom `whomToTell` names. */
export const noticesFor = (
  city: Pick<City, "timeZone">,
  event: { kind: EventKind; data: Record<string, unknown>; actorId?: number | null },
  report: { id: number; version: number },
  audience: Audience,
  now: Date,
  habits: Habits = new Map(),
): NewNotice[] =>
  KINDS.filter((kind) => applies(kind, event)).flatMap((kind) =>
    listenersOf(kind, audience, event.actorId ?? null, habits).map((listener) => ({
      ...listener,
      kind,
      reportId: report.id,
      params: event.data,
      dedupeKey: `${kind}:${report.id}:${report.version}:${listener.chatId}:${event.kind}`,
      dueAt: ruleOf(kind).hours === "day" ? outOfTheNight(city, now, habitOf(habits, listener)?.quiet) : now,
    })),
  );

const applies = (kind: NoticeKind, event: { kind: EventKind; data: Record<string, unknown> }): boolean => {
  const { on, when } = ruleOf(kind);
  return on.includes(event.kind) && (when === undefined || when(event.data));
};

/** Whom an event's notices are for; nobody where it is not told. */
export const whomToTell = (kind: EventKind): Whom[] =>
  KINDS.filter((notice) => ruleOf(notice).on.includes(kind)).flatMap((notice) => ruleOf(notice).to);

const habitOf = (habits: Habits, { residentId }: Listener): Habit | undefined =>
  residentId === null ? undefined : habits.get(residentId);

/** Each chat once: the author may be an editor, too. */
const listenersOf = (kind: NoticeKind, audience: Audience, actorId: number | null, habits: Habits): Listener[] => {
  const { to, notToActor, hushed } = ruleOf(kind);
  const all = [to].flat().flatMap((whom) => audience[whom] ?? []);
  const heard = hushed === true ? all.filter((listener) => habitOf(habits, listener)?.isMuted !== true) : all;
  const each = [...new Map(heard.map((listener) => [listener.chatId, listener])).values()];
  return notToActor === true ? each.filter(({ residentId }) => residentId === null || residentId !== actorId) : each;
};
