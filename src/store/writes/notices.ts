import { and, eq, gt, inArray, lt, max, min, ne, notInArray, sql, type SQL } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { at } from "../raw.ts";
import type { QuietHours } from "../../report/quiet-hours.ts";
import { quietOf } from "../queries/habits.ts";
import { notices } from "../schema/notices.ts";
import { residents } from "../schema/residents.ts";

/** A notice to be kept until it is told. */
export type NoticeToAdd = Pick<
  typeof notices.$inferInsert,
  "dedupeKey" | "chatId" | "residentId" | "reportId" | "kind" | "params" | "dueAt"
>;

/** Keeps notices to be told; one whose key is known already is not told twice. */
export const addNotices = async (tx: Tx, toAdd: readonly NoticeToAdd[], now: Date): Promise<void> => {
  if (toAdd.length === 0) return;
  await tx
    .insert(notices)
    .values(toAdd.map((notice) => ({ ...notice, createdAt: now })))
    .onConflictDoNothing({ target: notices.dedupeKey });
};

/** How a notice ends. `failure` are Telegram's words, or ours, on why it could not be delivered. */
export type Settlement = { state: "sent" | "dropped" } | { state: "undeliverable"; failure: string };

/** Ends notices for good; those that are settled already, or have moved away from `chatId` where that counts, stay as they are. */
export const settleNotices = async (
  db: Db,
  ids: readonly number[],
  settlement: Settlement,
  now: Date,
  chatId?: number,
): Promise<void> => {
  const theirs = chatId === undefined ? undefined : eq(notices.chatId, chatId);
  await db
    .update(notices)
    .set({ ...settlement, settledAt: now, retryAt: null })
    .where(and(inArray(notices.id, [...ids]), eq(notices.state, "waiting"), theirs));
};

/** Puts off the next try of notices to a moment of wire time; `failure` is why. */
export const postponeNotices = async (
  db: Db,
  toPostpone: readonly { id: number; attempts: number }[],
  retryAt: Date,
  failure: string | null,
): Promise<void> => {
  const attempts = Math.max(...toPostpone.map((notice) => notice.attempts)) + 1;
  const ids = toPostpone.map(({ id }) => id);
  await db
    .update(notices)
    .set({ attempts, retryAt, failure })
    .where(and(inArray(notices.id, ids), eq(notices.state, "waiting")));
};

/** Lets what waits in a person's chat for its hour be told when they want it now, news and the rest; whether that is at once for anything. */
export const moveWaiting = async (
  tx: Tx,
  chatId: number,
  { news: kinds, newsAt, restAt }: { news: readonly string[]; newsAt: Date; restAt: Date },
  now: Date,
): Promise<boolean> => {
  const waits = and(eq(notices.chatId, chatId), eq(notices.state, "waiting"), gt(notices.dueAt, now));
  const move = (dueAt: Date, which: SQL) =>
    tx.update(notices).set({ dueAt }).where(and(waits, which)).returning({ id: notices.id });
  const news = await move(newsAt, inArray(notices.kind, [...kinds]));
  const rest = await move(restAt, notInArray(notices.kind, [...kinds]));
  return (news.length > 0 && newsAt <= now) || (rest.length > 0 && restAt <= now);
};

/**
 * What waits for a digest comes with the first thing about the same report that does not wait: nobody hears the end of a story before its
 * beginning.
 */
export const bringForward = async (
  tx: Tx,
  chatIds: readonly number[],
  { news, pressing }: { news: readonly string[]; pressing: readonly string[] },
): Promise<void> => {
  if (chatIds.length === 0) return;
  const waits = and(inArray(notices.chatId, [...chatIds]), eq(notices.state, "waiting"));
  const first = tx
    .select({
      chatId: notices.chatId,
      reportId: notices.reportId,
      lastId: max(notices.id).as("last_id"),
      at: min(notices.dueAt).as("at"),
    })
    .from(notices)
    .where(and(waits, inArray(notices.kind, [...pressing])))
    .groupBy(notices.chatId, notices.reportId)
    .as("first");
  await tx
    .update(notices)
    .set({ dueAt: sql`${first.at}` })
    .from(first)
    .where(
      and(
        waits,
        inArray(notices.kind, [...news]),
        eq(notices.chatId, first.chatId),
        eq(notices.reportId, first.reportId),
        lt(notices.id, first.lastId),
        gt(notices.dueAt, first.at),
      ),
    );
};

/** What is kept as the reason of notices that wait for a person to come back. */
export const BLOCKED = "blocked";

/** Lets everything that could not be told in a chat for this reason wait anew. */
export const reviveNotices = async (tx: Tx, chatId: number, failure: string): Promise<void> => {
  await tx
    .update(notices)
    .set({ state: "waiting", settledAt: null, attempts: 0, retryAt: null, failure: null })
    .where(and(eq(notices.chatId, chatId), eq(notices.state, "undeliverable"), eq(notices.failure, failure)));
};

/**
 * Lets everything undeliverable wait anew, except what waits for a person to come back; how many that were. What is not `toldAtAnyHour`
 * waits until it is `day` for whoever hears it.
 */
export const retryUndeliverable = async (
  tx: Tx,
  toldAtAnyHour: readonly string[],
  day: (quiet: QuietHours | null) => Date,
): Promise<number> => {
  const dead = and(eq(notices.state, "undeliverable"), ne(notices.failure, BLOCKED));
  const hours = { quietFrom: residents.quietFrom, quietUntil: residents.quietUntil };
  const chosen = await tx
    .selectDistinct(hours)
    .from(notices)
    .innerJoin(residents, eq(residents.id, notices.residentId))
    .where(dead);
  for (const row of chosen) {
    const theirs = tx
      .select({ id: residents.id })
      .from(residents)
      .where(
        sql`(${hours.quietFrom}, ${hours.quietUntil}) is not distinct from (${row.quietFrom}::int, ${row.quietUntil}::int)`,
      );
    await tx
      .update(notices)
      .set({ dueAt: sql`greatest(${notices.dueAt}, ${at(day(quietOf(row)))})` })
      .where(and(dead, inArray(notices.residentId, theirs), notInArray(notices.kind, [...toldAtAnyHour])));
  }
  const retried = await tx
    .update(notices)
    .set({ state: "waiting", settledAt: null, attempts: 0, retryAt: null, failure: null })
    .where(dead)
    .returning({ id: notices.id });
  return retried.length;
};

/** Drops what waits to be said to a person of a report, of these kinds. */
export const dropWaiting = async (
  tx: Tx,
  { reportId, residentId, kinds }: { reportId: number; residentId: number; kinds: readonly string[] },
  now: Date,
): Promise<void> => {
  const theirs = and(eq(notices.reportId, reportId), eq(notices.residentId, residentId));
  await tx
    .update(notices)
    .set({ state: "dropped", settledAt: now })
    .where(and(theirs, eq(notices.state, "waiting"), inArray(notices.kind, [...kinds])));
};

/** Drops what this version of a report gave rise to and nobody was told yet; what is on its way at this moment arrives all the same. */
export const dropUnsent = async (tx: Tx, report: { id: number; version: number }, now: Date): Promise<void> => {
  await tx
    .update(notices)
    .set({ state: "dropped", settledAt: now })
    .where(
      and(
        eq(notices.reportId, report.id),
        eq(notices.state, "waiting"),
        sql`split_part(${notices.dedupeKey}, ':', 3) = ${String(report.version)}`,
      ),
    );
};
