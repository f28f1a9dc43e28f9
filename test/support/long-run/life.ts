/** What the tally knows of one report while it replays the log. */

/** Something that comes by itself, unless the status changes first. */
export type Alarm = { at: Date; ring: () => void };

/** A report as its log tells it. */
export type Life = {
  id: number;
  author: number;
  status: string;
  statusAt: Date;
  /** The last day somebody has; the agency's own, which waits behind questions and checks. */
  due: string | null;
  agencyDue: string;
  agency: string | null;
  /** The officer who took it, or answered last. */
  taker: number | null;
  /** The agency asks for something that no editor has decided. */
  hasRequest: boolean;
  /** Who decides its last dispute. */
  desk: string | null;
  firstCount: number;
  pausedOn: string | null;
  returnsTo: string | null;
  followers: Map<number, Date>;
  /** Whom merging made a follower, and when: taken apart again they hear no more. */
  mergedInto: { id: number; at: Date } | null;
  cycle: number;
  answeredAt: Date | null;
  publishedAt: Date | null;
  isPostponed: boolean;
  answerKind: string | null;
  votes: Map<number, "author" | "other">;
  /** Clock words said already for a date. */
  told: Set<string>;
  alarms: Alarm[];
  /** When the status changed, for what may lapse. */
  moves: Date[];
};
