/** What is said when something happens: to whom, how, when. An entry here brings its job, its retries and its quiet hours. */
import type { AdditionReader } from "../report/addition.ts";
import type { EventKind } from "../report/event.ts";
import type { Status } from "../report/status.ts";
import type { Urgency } from "../report/when-told.ts";

/** Who a notice may be for, by what they are to the report. */
export type Whom =
  | "author"
  | "followers"
  /** Whose word on the published answer counts from the start: its author, and the followers who joined before it was sent. */
  | "voters"
  /** The followers who joined later. */
  | "lateFollowers"
  /** Invited just now to look at this cycle's answer. */
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

/**
 * What others of the same chat it may be told with. `never`: it is or rewrites a card, brings photos, or begins a conversation of
 * its own. `queue`: too many are told by the one card with the number of the queue. `list`: several of its kind are one message, a line each.
 * `morning`: several of its kind, and the agency's digest of that morning, are one message. `news`: with other news, whatever they are about, a
 * paragraph each with its buttons below; what has photos all the same stays a message of its own.
 */
type Folding = "never" | "queue" | "list" | "morning" | "news";

/**
 * A row says everything about a notice but its words, which `render.ts` has under the same name, and its dedupe key, which is made alike for
 * all of them in `notices-for.ts`.
 */
export type NoticeRule = {
  on: readonly EventKind[];
  to: Whom | readonly Whom[];
  /**
   * `message`: said anew, there is something to know. `card`: the report's one card in the chat, said anew where the chat has none.
   * `edit`: that card rewritten, nothing where the chat has none. `new_card`: said anew, and the report's card from now on.
   */
  as: "message" | "card" | "edit" | "new_card";
  /** Of what is an `edit`: where that card is gone or too old to be rewritten a new one takes its place, without a sound. */
  renews?: true;
  /**
   * What answers a person's own press, rings nobody, or is work, is told at any hour. What needs its reader, or says that a promise was not
   * kept, waits for the `day`; anything else is `news`.
   */
  urgency: Urgency;
  folds: Folding;
  /** Of those of one report with the same word here that wait together only the newest is told: it says all that the others do. */
  newestOf?: "check";
  /** Not said to an author who muted the report: there is nothing they have to do. */
  hushed?: true;
  /** Dropped unsaid when the report has moved on from these; null: always worth it. */
  whileIn: readonly Status[] | null;
  /** Dropped unsaid, too, when the date it is about is no longer the report's: whoever was late has done what they owed. */
  whileDue?: true;
  /** Whoever did it was answered in their chat already. */
  notToActor?: true;
  /** Whoever did it is answered in their chat first, and whoever answers wakes it; the sweep does, should that fail. */
  afterAnswer?: true;
  /** Only where the event's data says so; a rule without it is always worth it. */
  when?: (data: Record<string, unknown>) => boolean;
};

/** Where an agency owes an answer. */
const IN_WORK = ["assigned", "planned"] as const;

const isFor =
  (reader: AdditionReader) =>
  (data: Record<string, unknown>): boolean =>
    data["reader"] === reader;

/** In the order in which one event's notices are told. */
export const NOTICES = {
  received: {
    on: ["submitted"],
    to: "author",
    as: "card",
    urgency: "now",
    folds: "never",
    whileIn: null,
    afterAnswer: true,
  },
  queue_card: { on: ["submitted"], to: "editors", as: "card", urgency: "now", folds: "queue", whileIn: ["submitted"] },
  // What the resident sent back stands below everything newer, so it gets a card of its own.
  queue_again: {
    on: ["replied", "repaired", "appealed", "unmerged"],
    to: "editors",
    as: "new_card",
    urgency: "now",
    folds: "queue",
    whileIn: ["submitted"],
  },
  question: { on: ["asked"], to: "author", as: "message", urgency: "day", folds: "never", whileIn: ["needs_info"] },
  replied_officers: {
    on: ["replied"],
    to: "officers",
    as: "message",
    urgency: "now",
    folds: "never",
    whileIn: IN_WORK,
  },
  merged: {
    on: ["merged"],
    to: "author",
    as: "message",
    urgency: "news",
    folds: "news",
    hushed: true,
    whileIn: ["merged"],
  },
  merged_followers: {
    on: ["merged"],
    to: "followers",
    as: "message",
    urgency: "news",
    folds: "news",
    whileIn: ["merged"],
  },
  unmerged: {
    on: ["unmerged"],
    to: "author",
    as: "message",
    urgency: "news",
    folds: "news",
    hushed: true,
    whileIn: null,
  },
  unmerged_followers: {
    on: ["unmerged"],
    to: "followers",
    as: "message",
    urgency: "news",
    folds: "news",
    whileIn: null,
  },
  undone: { on: ["undone"], to: "misinformed", as: "message", urgency: "now", folds: "never", whileIn: null },
  banned: { on: ["banned"], to: "author", as: "message", urgency: "day", folds: "never", whileIn: null },
  unbanned: { on: ["unbanned"], to: "author", as: "message", urgency: "day", folds: "never", whileIn: null },
  author_card: {
    on: [
      ...["assigned", "rejected", "asked", "replied", "wait_ended", "repaired", "appealed", "merged", "unmerged"],
      ...["topic_changed", "place_changed", "text_edited", "withdrawn"],
      ...["answered", "returned", "postponed", "rerouted", "overdue"],
      ...["published", "disputed", "reopened", "closed", "undone"],
      // How many days are left, and that a date has passed; what is late the staff read in their digests.
      ...["due_in_three_days", "due_tomorrow", "due_today"],
      ...["moderation_late", "answer_check_late", "inspection_late", "repair_ended"],
    ] as const,
    to: "author",
    as: "edit",
    renews: true,
    urgency: "now",
    folds: "never",
    whileIn: null,
  },
  assigned: {
    on: ["assigned"],
    to: "author",
    as: "message",
    urgency: "news",
    folds: "news",
    hushed: true,
    whileIn: ["assigned", "planned"],
  },
  rejected: { on: ["rejected"], to: "author", as: "message", urgency: "day", folds: "never", whileIn: ["rejected"] },
  queue_decided: {
    on: [
      ...["assigned", "rejected", "asked", "replied", "wait_ended", "merged", "unmerged", "withdrawn"],
      ...["taken", "released", "topic_changed", "place_changed", "text_edited", "undone"],
    ] as const,
    to: "cardHolders",
    as: "edit",
    urgency: "now",
    folds: "never",
    whileIn: null,
  },
  reply_reminder: {
    on: ["reply_reminder"],
    to: "author",
    as: "message",
    urgency: "day",
    folds: "never",
    whileIn: ["needs_info"],
  },
  wait_ended: {
    on: ["wait_ended"],
    to: "author",
    as: "message",
    urgency: "news",
    folds: "news",
    hushed: true,
    whileIn: ["assigned"],
  },
  wait_ended_officers: {
    on: ["wait_ended"],
    to: "officers",
    as: "message",
    urgency: "now",
    folds: "never",
    whileIn: ["assigned"],
  },
  due_reminder: {
    on: ["due_in_three_days", "due_tomorrow", "due_today"],
    to: ["officers", "taker"],
    as: "message",
    urgency: "now",
    folds: "morning",
    whileIn: IN_WORK,
  },
  // A promise that was broken at night is told in the morning even where the answer has come since.
  overdue: {
    on: ["overdue"],
    to: ["author", "followers"],
    as: "message",
    urgency: "day",
    folds: "news",
    hushed: true,
    whileIn: [...IN_WORK, "needs_info", "answered", "published", "disputed"],
  },
  overdue_staff: {
    on: ["overdue"],
    to: ["officers", "editors"],
    as: "message",
    urgency: "now",
    folds: "list",
    whileIn: IN_WORK,
  },
  // The admins read it in their digest.
  overdue_escalated: {
    on: ["overdue_escalated"],
    to: ["heads", "admins"],
    as: "message",
    urgency: "day",
    folds: "list",
    whileIn: IN_WORK,
  },
  late_escalated: {
    on: ["moderation_escalated", "answer_check_escalated", "inspection_escalated"],
    to: "admins",
    as: "message",
    urgency: "day",
    folds: "list",
    whileIn: ["submitted", "answered", "disputed"],
    whileDue: true,
  },
  check_reminder: {
    on: ["check_reminder"],
    to: "unvoted",
    as: "message",
    urgency: "day",
    folds: "news",
    newestOf: "check",
    whileIn: ["published"],
  },
  check_last_reminder: {
    on: ["check_last_reminder"],
    to: "unvoted",
    as: "message",
    urgency: "day",
    folds: "news",
    newestOf: "check",
    whileIn: ["published"],
  },
  answer_published: {
    on: ["published"],
    to: "voters",
    as: "message",
    urgency: "day",
    folds: "never",
    whileIn: ["published"],
  },
  answer_followed: {
    on: ["published"],
    to: "lateFollowers",
    as: "message",
    urgency: "news",
    folds: "news",
    whileIn: ["published"],
  },
  check_invited: {
    on: ["checks_invited"],
    to: "volunteers",
    as: "message",
    urgency: "day",
    folds: "never",
    whileIn: ["published"],
  },
  disputed: {
    on: ["disputed"],
    to: ["author", "followers"],
    as: "message",
    urgency: "news",
    folds: "news",
    hushed: true,
    whileIn: ["disputed"],
    notToActor: true,
  },
  disputed_officers: {
    on: ["disputed"],
    to: "officers",
    as: "message",
    urgency: "now",
    folds: "never",
    whileIn: ["disputed"],
  },
  dispute_card: {
    on: ["disputed"],
    to: "judges",
    as: "new_card",
    urgency: "now",
    folds: "never",
    whileIn: ["disputed"],
  },
  dispute_decided: {
    on: ["reopened", "closed", "undone"],
    to: "judges",
    as: "edit",
    urgency: "now",
    folds: "never",
    whileIn: null,
  },
  reopened: {
    on: ["reopened"],
    to: ["author", "followers"],
    as: "message",
    urgency: "news",
    folds: "news",
    hushed: true,
    whileIn: null,
  },
  reopened_officers: { on: ["reopened"], to: "officers", as: "message", urgency: "now", folds: "never", whileIn: null },
  closed: {
    on: ["closed"],
    to: "author",
    as: "message",
    urgency: "day",
    folds: "news",
    hushed: true,
    whileIn: ["closed"],
    notToActor: true,
  },
  closed_followers: {
    on: ["closed"],
    to: "followers",
    as: "message",
    urgency: "news",
    folds: "news",
    whileIn: ["closed"],
    notToActor: true,
  },
  closed_officers: {
    on: ["closed"],
    to: "officers",
    as: "message",
    urgency: "now",
    folds: "never",
    whileIn: ["closed"],
  },
  // The old agency's card goes before the new one's comes: a report may come back to where it was.
  task_gone: {
    on: ["rerouted", "undone"],
    to: "formerOfficers",
    as: "edit",
    urgency: "now",
    folds: "never",
    whileIn: null,
  },
  // Its new card comes below: the old one must not stand there with live buttons and yesterday's story.
  task_moved: {
    on: ["reopened", "returned", "request_refused", "postponed"],
    to: "officers",
    as: "edit",
    urgency: "now",
    folds: "never",
    whileIn: IN_WORK,
  },
  task_card: {
    on: ["assigned", "rerouted", "reopened"],
    to: "officers",
    as: "new_card",
    urgency: "now",
    folds: "never",
    whileIn: IN_WORK,
  },
  task_returned: {
    on: ["returned", "request_refused", "postponed"],
    to: "officers",
    as: "new_card",
    urgency: "now",
    folds: "never",
    whileIn: IN_WORK,
  },
  task_changed: {
    on: [
      ...["task_taken", "task_released", "answered", "requested", "published", "closed", "withdrawn"],
      ...["asked", "replied", "wait_ended", "merged", "unmerged", "undone"],
    ] as const,
    to: "officers",
    as: "edit",
    urgency: "now",
    folds: "never",
    whileIn: null,
  },
  answer_card: {
    on: ["answered", "requested"],
    to: "editors",
    as: "new_card",
    urgency: "now",
    folds: "never",
    whileIn: ["answered", ...IN_WORK],
  },
  answer_decided: {
    on: ["photo_reused", "published", "returned", "request_refused", "postponed", "rerouted", "asked"],
    to: "editors",
    as: "edit",
    urgency: "now",
    folds: "never",
    whileIn: null,
  },
  postponed: {
    on: ["postponed"],
    to: ["author", "followers"],
    as: "message",
    urgency: "news",
    folds: "news",
    hushed: true,
    whileIn: ["planned"],
  },
  rerouted: {
    on: ["rerouted"],
    to: ["author", "followers"],
    as: "message",
    urgency: "news",
    folds: "news",
    hushed: true,
    whileIn: IN_WORK,
  },
  added_editors: {
    on: ["added"],
    to: "editors",
    as: "message",
    urgency: "now",
    folds: "never",
    whileIn: null,
    when: isFor("editors"),
  },
  added_officers: {
    on: ["added"],
    to: "officers",
    as: "message",
    urgency: "now",
    folds: "never",
    whileIn: null,
    when: isFor("officers"),
  },
  added_judges: {
    on: ["added"],
    to: "judges",
    as: "message",
    urgency: "now",
    folds: "never",
    whileIn: null,
    when: isFor("judges"),
  },
  withdrawn_officers: {
    on: ["withdrawn"],
    to: "officers",
    as: "message",
    urgency: "now",
    folds: "never",
    whileIn: ["withdrawn"],
  },
  withdrawn_followers: {
    on: ["withdrawn"],
    to: "followers",
    as: "message",
    urgency: "news",
    folds: "news",
    whileIn: ["withdrawn"],
  },
} as const satisfies Record<string, NoticeRule>;

export type NoticeKind = keyof typeof NOTICES;

/**
 * Why an event tells nobody anything by itself. `answered`: it concerns whoever did it alone, and they were answered; `apart`: it is about no
 * report, and whom it concerns hears it as news of the staff; `kept`: nobody is to learn of it, or it is for the audit.
 */
type Untold = "answered" | "apart" | "kept";

type ToldEvent = (typeof NOTICES)[NoticeKind]["on"][number];

/** Every event without a notice: one that stands neither here nor in a row above does not compile. */
export const UNTOLD = {
  admin_named: "kept",
  admin_unnamed: "kept",
  agency_changed: "apart",
  chat_bound: "answered",
  chat_unbound: "answered",
  client_added: "answered",
  client_disabled: "answered",
  consented: "answered",
  data_given: "answered",
  erased: "answered",
  followed: "answered",
  invited: "answered",
  joined: "answered",
  noted: "answered",
  notices_retried: "answered",
  photo_hidden: "answered",
  photo_shown: "answered",
  role_removed: "apart",
  unfollowed: "answered",
  unvolunteered: "answered",
  viewed: "kept",
  volunteered: "answered",
  voted: "kept",
  webhook_added: "answered",
  webhook_ended: "answered",
  webhook_retried: "answered",
} as const satisfies Record<Exclude<EventKind, ToldEvent>, Untold>;

const KINDS = Object.keys(NOTICES) as NoticeKind[];

/** The kinds whose rule is like this. */
export const kindsThat = (is: (rule: NoticeRule) => boolean): NoticeKind[] => KINDS.filter((kind) => is(ruleOf(kind)));

/** Whether the program still knows such a notice: a row may have been written by a newer or an older one. */
export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICES, kind);

/** The rule of a notice, as wide as the table's own type. */
export const ruleOf = (kind: NoticeKind): NoticeRule => NOTICES[kind];

/** What is told at any hour of the night. */
export const TOLD_AT_ANY_HOUR: readonly NoticeKind[] = kindsThat(({ urgency }) => urgency === "now");

/** What whoever asked for a digest reads there. */
export const NEWS: readonly NoticeKind[] = kindsThat(({ urgency }) => urgency === "news");

/** What is said to them anew and does not wait for the digest. */
export const PRESSING: readonly NoticeKind[] = kindsThat(({ as, urgency }) => as === "message" && urgency !== "news");

/** What whoever muted a report is not told. */
export const HUSHED: readonly NoticeKind[] = kindsThat(({ hushed }) => hushed === true);

/** The kinds of which several are told as a list. */
export type ListKind = {
  [Kind in NoticeKind]: (typeof NOTICES)[Kind]["folds"] extends "list" ? Kind : never;
}[NoticeKind];

/** Whether several of these are told as a list. */
export const isListKind = (kind: NoticeKind): kind is ListKind => ruleOf(kind).folds === "list";
