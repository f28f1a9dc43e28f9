/** How delivery stands at this moment, for the admins. */
import { and, count, desc, eq, gt, isNotNull, max, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../db.ts";
import { at, rows, timestamp, wholeNumber } from "../raw.ts";
import { notices } from "../schema/notices.ts";
import { residents } from "../schema/residents.ts";
import { BLOCKED } from "../writes/notices.ts";
import { countTrouble } from "./digests.ts";

/** All of it in numbers; every moment is city time. */
export type Health = {
  /** What could be told by now, and since when the oldest of it could. */
  waiting: number;
  waitingSince: Date | null;
  /** Of those: put off by Telegram or the network. */
  putOff: number;
  /** What waits for its hour. */
  later: number;
  toldLately: number;
  blockedChats: number;
  waitingForBlocked: number;
  undelivered: number;
  /** Why, whatever failed last before all others; `number` is the last report it was about. */
  reasons: { failure: string; count: number; lastAt: Date | null; number: number | null }[];
  stuck: number;
  failedJobs: number;
};

/** As many reasons as one message shows well. */
const MOST_REASONS = 8;

const Waiting = z.object({
  now: wholeNumber,
  since: timestamp.nullable(),
  put_off: wholeNumber,
  later: wholeNumber,
});
const EVER = new Date(0);
const FAILED_WITHIN_HOURS = 24;

/** Counts it all; `toldSince` and `stuckBefore` bound what was told lately and which reports are stuck. */
export const findHealth = async (
  db: Db,
  { now, toldSince, stuckBefore }: { now: Date; toldSince: Date; stuckBefore: Date },
): Promise<Health> => {
  const isDue = sql`${notices.dueAt} <= ${at(now)}`;
  const [waiting] = await rows(
    db,
    Waiting,
    sql`select count(*) filter (where ${isDue}) as now, min(${notices.dueAt}) filter (where ${isDue}) as since,
      count(*) filter (where ${isDue} and ${notices.attempts} > 0 and ${notices.failure} is null) as put_off,
      count(*) filter (where not ${isDue}) as later
      from ${notices} where ${notices.state} = 'waiting'`,
  );
  if (waiting === undefined) throw new Error("No row");
  const troubles = await countTrouble(db, { since: EVER, stuckBefore, failedWithinHours: FAILED_WITHIN_HOURS });
  return {
    waiting: waiting.now,
    waitingSince: waiting.since,
    putOff: waiting.put_off,
    later: waiting.later,
    toldLately: await db.$count(notices, and(eq(notices.state, "sent"), gt(notices.settledAt, toldSince))),
    blockedChats: await db.$count(residents, isNotNull(residents.blockedAt)),
    waitingForBlocked: troubles.blocked,
    undelivered: troubles.undelivered,
    reasons: await listReasons(db),
    stuck: troubles.stuck,
    failedJobs: troubles.failed_jobs,
  };
};

const listReasons = async (db: Db): Promise<Health["reasons"]> => {
  const lastAt = max(notices.settledAt);
  const number = sql<number | null>`(array_agg(${notices.reportId} order by ${notices.id} desc)
    filter (where ${notices.reportId} is not null))[1]`.mapWith(notices.reportId);
  const found = await db
    .select({ failure: notices.failure, count: count(), lastAt, number })
    .from(notices)
    .where(and(eq(notices.state, "undeliverable"), ne(notices.failure, BLOCKED)))
    .groupBy(notices.failure)
    .orderBy(desc(lastAt), notices.failure)
    .limit(MOST_REASONS);
  return found.map(({ failure, ...rest }) => ({ failure: failure ?? "", ...rest }));
};
