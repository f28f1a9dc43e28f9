/** What the digests list and count: what stands at this moment, not what happened since the last one. */
import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  notExists,
  sql,
  type SQL,
} from "drizzle-orm";
import { z } from "zod";
import type { Desk } from "../../report/dispute.ts";
import type { DigestKind, DigestLimits } from "../../report/digest.ts";
import type { Status } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { at, rows, wholeNumber } from "../raw.ts";
import { answers } from "../schema/answers.ts";
import { chats } from "../schema/chats.ts";
import { digests } from "../schema/digests.ts";
import { events } from "../schema/events.ts";
import { notices } from "../schema/notices.ts";
import { reports, type ReportRow } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";
import { BLOCKED } from "../writes/notices.ts";

/** A report in a list; `dueAt` is when whoever owes the next step is late. */
export type DigestItem = { id: number; topicId: string; dueAt: Date };

/** The first of a list, whoever is latest before all others, and how many there are. */
export type DigestList = { items: DigestItem[]; total: number };

/** The digests of the staff due by now, oldest first. */
export const listDueDigests = async (db: Db, now: Date): Promise<DigestKind[]> => {
  const due = await db
    .select({ kind: digests.kind })
    .from(digests)
    .where(lte(digests.nextTickAt, now))
    .orderBy(asc(digests.nextTickAt), asc(digests.kind));
  return due.flatMap(({ kind }) => (kind === "channel" ? [] : kind));
};

/** Agencies with something overdue since yesterday or longer. */
export const listOverdueAgencies = async (db: Db, limits: DigestLimits): Promise<string[]> => {
  const found = await db
    .selectDistinct({ agencyId: reports.agencyId })
    .from(reports)
    .where(and(inWork, lt(reports.dueAt, limits.overdueBefore)));
  return found.flatMap(({ agencyId }) => agencyId ?? []).toSorted();
};

/** What an agency has missed. */
export const listOverdue = (db: Db, agencyId: string, limits: DigestLimits, limit: number): Promise<DigestList> =>
  listDigest(db, and(inWork, eq(reports.agencyId, agencyId), lt(reports.dueAt, limits.overdueBefore)), limit);

/** How much of what editors of these districts have to decide has its last day today. */
export const countDueToday = async (
  db: Db,
  districtIds: readonly string[],
  { now, endOfToday }: { now: Date; endOfToday: Date },
): Promise<Record<"moderation" | "answers", number>> => {
  const countIn = (status: Status) => sql`count(*) filter (where ${reports.status} = ${status})`.mapWith(Number);
  const [counted] = await db
    .select({ moderation: countIn("submitted"), answers: countIn("answered") })
    .from(reports)
    .where(
      and(
        inArray(reports.districtId, [...districtIds]),
        inArray(reports.status, ["submitted", "answered"]),
        gt(reports.dueAt, now),
        lte(reports.dueAt, endOfToday),
      ),
    );
  return counted ?? { moderation: 0, answers: 0 };
};

/** Everything that waits for the editors of these districts, by why, and what the agencies have missed there. */
export const listForEditors = async (
  db: Db,
  districtIds: readonly string[],
  { now, limits, limit, disputes }: { now: Date; limits: DigestLimits; limit: number; disputes: readonly Desk[] },
): Promise<Record<"moderation_late" | "answers" | "requests" | "disputes" | "overdue", DigestList>> => {
  const here = inArray(reports.districtId, [...districtIds]);
  const list = (...where: (SQL | undefined)[]): Promise<DigestList> => listDigest(db, and(here, ...where), limit);
  const request = db
    .select({ id: answers.id })
    .from(answers)
    .where(and(eq(answers.reportId, reports.id), eq(answers.state, "waiting")));
  return {
    moderation_late: await list(eq(reports.status, "submitted"), lte(reports.dueAt, now)),
    answers: await list(eq(reports.status, "answered")),
    requests: await list(inWork, exists(request)),
    overdue: await list(inWork, lt(reports.dueAt, limits.overdueBefore)),
    disputes: await list(isDisputedAt(disputes)),
  };
};

/** Disputes at these desks. */
export const listDisputes = (db: Db, desks: readonly Desk[], limit: number): Promise<DigestList> =>
  listDigest(db, isDisputedAt(desks), limit);

/** What is so late that the admins have to know. */
export const listEscalated = async (
  db: Db,
  limits: DigestLimits,
  limit: number,
): Promise<Record<"overdue" | "late", DigestList>> => ({
  overdue: await listDigest(db, and(inWork, lte(reports.dueAt, limits.overdueEscalated)), limit),
  late: await listDigest(
    db,
    and(inArray(reports.status, ["submitted", "answered", "disputed"]), lte(reports.dueAt, limits.lateEscalated)),
    limit,
  ),
});

/** What each agency has missed, and how much of it so long ago that it was escalated; whoever missed most comes first. */
export const countOverdueByAgency = async (
  db: Db,
  limits: DigestLimits,
): Promise<{ agencyId: string; overdue: number; escalated: number }[]> => {
  const overdue = count();
  const found = await db
    .select({
      agencyId: reports.agencyId,
      overdue,
      escalated: sql`count(*) filter (where ${reports.dueAt} <= ${at(limits.overdueEscalated)})`.mapWith(Number),
    })
    .from(reports)
    .where(and(inWork, lt(reports.dueAt, limits.overdueBefore)))
    .groupBy(reports.agencyId)
    .orderBy(desc(overdue), asc(reports.agencyId));
  return found.flatMap(({ agencyId, ...counted }) => (agencyId === null ? [] : [{ agencyId, ...counted }]));
};

/** How reports of a list stand and where they are, by number. */
export const listStanding = async (
  db: Db,
  ids: readonly number[],
): Promise<Map<number, Pick<ReportRow, "id" | "status" | "topicId" | "lat" | "lon" | "address">>> => {
  const found = await db
    .select({
      id: reports.id,
      status: reports.status,
      topicId: reports.topicId,
      lat: reports.lat,
      lon: reports.lon,
      address: reports.address,
    })
    .from(reports)
    .where(inArray(reports.id, [...ids]));
  return new Map(found.map((report) => [report.id, report]));
};

/** What is in work at agencies where nobody would read of it: there is no group and no officer, or none whom the bot reaches. */
export const listUnheard = (db: Db, limit: number): Promise<DigestList> => {
  const group = db
    .select({ chatId: chats.chatId })
    .from(chats)
    .where(and(eq(chats.agencyId, reports.agencyId), isNull(chats.unreachable)));
  const officer = db
    .select({ id: grants.id })
    .from(grants)
    .innerJoin(residents, eq(residents.id, grants.residentId))
    .where(
      and(
        eq(grants.role, "officer"),
        eq(grants.agencyId, reports.agencyId),
        isNull(grants.removedAt),
        isNotNull(residents.telegramId),
        isNull(residents.blockedAt),
      ),
    );
  return listDigest(db, and(inWork, notExists(group), notExists(officer)), limit);
};

/** What the program could not do; `since` and `stuckBefore` are city time, `failedWithinHours` is counted back from now in wire time. */
export const countTrouble = async (
  db: Db,
  { since, stuckBefore, failedWithinHours }: { since: Date; stuckBefore: Date; failedWithinHours: number },
): Promise<Record<"undelivered" | "blocked" | "stuck" | "failed_jobs", number>> => {
  const undeliverable = and(eq(notices.state, "undeliverable"), gt(notices.settledAt, since));
  const [told] = await db
    .select({
      all: count(),
      blocked: sql`count(*) filter (where ${notices.failure} = ${BLOCKED})`.mapWith(Number),
    })
    .from(notices)
    .where(undeliverable);
  const [stuck] = await db
    .select({ size: count() })
    .from(reports)
    .where(and(isNotNull(reports.nextTickAt), lt(reports.nextTickAt, stuckBefore)));
  const [failed] = await rows(
    db,
    z.object({ size: wholeNumber }),
    sql`select count(*) as size from pgboss.job
      where state = 'failed' and completed_on > now() - ${failedWithinHours}::float8 * interval '1 hour'`,
  );
  const blocked = told?.blocked ?? 0;
  return {
    undelivered: (told?.all ?? 0) - blocked,
    blocked,
    stuck: stuck?.size ?? 0,
    failed_jobs: failed?.size ?? 0,
  };
};

/** The groups of editors that can be told anything, with their districts, empty for all. */
export const listEditorGroups = (db: Db): Promise<{ chatId: number; districtIds: string[] }[]> =>
  db
    .select({ chatId: chats.chatId, districtIds: chats.districtIds })
    .from(chats)
    .where(and(eq(chats.purpose, "editors"), isNull(chats.unreachable)))
    .orderBy(chats.chatId);

const inWork = inArray(reports.status, ["assigned", "planned"]);

const isDisputedAt = (desks: readonly Desk[]): SQL | undefined =>
  desks.length === 0
    ? sql`false`
    : and(
        eq(reports.status, "disputed"),
        inArray(
          sql`(select ${events.data} ->> 'desk' from ${events} where ${events.reportId} = ${reports.id} and ${events.kind} = 'disputed' order by ${events.id} desc limit 1)`,
          [...desks],
        ),
      );

const listDigest = async (db: Db, where: SQL | undefined, limit: number): Promise<DigestList> => {
  const found = await db
    .select({
      id: reports.id,
      topicId: reports.topicId,
      dueAt: reports.dueAt,
      total: sql`count(*) over ()`.mapWith(Number),
    })
    .from(reports)
    .where(where)
    .orderBy(asc(reports.dueAt), asc(reports.id))
    .limit(limit);
  return {
    items: found.flatMap(({ id, topicId, dueAt }) => (dueAt === null ? [] : [{ id, topicId, dueAt }])),
    total: found[0]?.total ?? 0,
  };
};
