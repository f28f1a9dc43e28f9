import type { AdditionKind } from "../report/addition.ts";
import type { AnswerKind, AnswerState } from "../report/answer.ts";
import type { EventData } from "../report/event.ts";
import type { Outcome, Status } from "../report/status.ts";
import type { Picture } from "./message.ts";

/** A report as it stands, with what cards show of it. Nothing in it names the author. */
export type ReportView = {
  id: number;
  version: number;
  status: Status;
  topicId: string;
  districtId: string;
  agencyId: string | null;
  lat: number | null;
  lon: number | null;
  address: string | null;
  description: string;
  answers: Readonly<Record<string, string | number | boolean>>;
  photos: readonly Picture[];
  createdAt: Date;
  dueAt: Date | null;
  /** What the public reads where an editor changed the description. */
  publicText: string | null;
  /** Since when it stands as it does; how often it was repaired; whether its one appeal is used. */
  statusAt: Date;
  repairs: number;
  hasAppealed: boolean;
  /** Comes first in the queue: its resident replied, or appealed. */
  isOnTop: boolean;
  mergedIntoId: number | null;
  /** The editor who has it in hand at this moment or had it last, by name and for staff only. */
  taken: { residentId: number; by: string | null; until: Date } | null;
  /** Open public reports on the same topic nearby, while it is moderated. */
  similar: readonly { id: number; meters: number; description: string }[];
  /** The agency's date and the first one it was given, through whatever came between. */
  handlingDueAt: Date | null;
  firstDueAt: Date | null;
  postponements: number;
  hops: number;
  /** Who of the agency has it in hand, by name and for staff only. */
  officer: string | null;
  /** What the agency said last. */
  answer: AnswerView | null;
  cycle: number;
  outcome: Outcome | null;
  publishedAt: Date | null;
  /** The last things that were said to it after it was sent, in order; nothing in them names anybody. */
  said: readonly SaidView[];
  /** The decision of moderation; null while it is waited for. */
  decision: Decision | null;
  /** While it is moderated again, repaired or appealed: why it had been rejected. */
  rejection: EventData["rejected"] | null;
  /** Null before the agency's first answer. */
  check: CheckView | null;
};

/** The answer of the present cycle, why it was disputed, and what the last decision on a dispute showed. Votes are never in it. */
export type CheckView = {
  answer: {
    kind: "fixed" | "cannot_fix";
    agencyId: string;
    words: string;
    photos: readonly Picture[];
  } | null;
  grounds: readonly { words: string | null; photos: readonly Picture[] }[];
  verdictPhotos: readonly Picture[];
};

/** What an agency said; `by` is the officer's name, for staff only. `plannedOn` is `YYYY-MM-DD`. */
export type AnswerView = {
  id: number;
  kind: AnswerKind;
  state: AnswerState;
  cycle: number;
  agencyId: string;
  words: string;
  plannedOn: string | null;
  successorId: string | null;
  sentAt: Date;
  remark: string | null;
  photos: readonly Picture[];
  by: string | null;
  /** Some of its photos are still on their way to us, and not compared with earlier ones yet. */
  isComparing: boolean;
  /** Its photos that show an earlier one again: one of another answer, or (`isBefore`) one that the report itself was filed with. */
  reused: readonly { reportId: number; isBefore: boolean }[];
};

/** A question, a reply, an addition or an appeal; `words` is null for photos alone, and once its author is erased. */
export type SaidView = {
  id: number;
  kind: AdditionKind;
  words: string | null;
  photos: readonly Picture[];
  at: Date;
};

/** Who decided what in moderation; `by` is their name as Telegram shows it, for staff only, null once erased. */
export type Decision = { at: Date; by: string | null } & (
  | { kind: "assigned"; data: EventData["assigned"] }
  | { kind: "rejected"; data: EventData["rejected"] }
  | { kind: "asked"; data: EventData["asked"] }
  | { kind: "merged"; data: EventData["merged"] }
);
