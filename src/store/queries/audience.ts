import {
  and,
  arrayContains,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  max,
  notInArray,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import { DESKS, type Desk } from "../../report/dispute.ts";
import type { EventData } from "../../report/event.ts";
import type { StaffRole } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { chats } from "../schema/chats.ts";
import { events } from "../schema/events.ts";
import { notices } from "../schema/notices.ts";
import { reports, type ReportRow } from "../schema/reports.ts";
import { residents } from "../schema/residents.ts";
import { grants } from "../schema/staff.ts";
import { checks, followers, votes } from "../schema/votes.ts";
import { findMakers, isFreeOf } from "./disputes.ts";

/** A chat to be told; `residentId` is null for a group. */
export type Listener = { chatId: number; residentId: number | null };
type Concerned = Pick<ReportRow, "id" | "version" | "authorId" | "districtId" | "agencyId" | "cycle" | "answeredAt">;
type Find = (db: Db, report: Concerned) => Promise<Listener[]>;

/** The parts of a report's audience that are asked for, as they are at this moment; what each of them is to it is told by `Whom` of the notices. */
export const findAudience = async <Part extends keyof typeof FINDERS>(
  db: Db,
  report: Concerned,
  parts: readonly Part[],
): Promise<Partial<Record<Part, Listener[]>>> => {
  const found: Partial<Record<Part, Listener[]>> = {};
  // One after the other: inside a transaction there is one connection.
  for (const part of new Set(parts)) found[part] = await FINDERS[part](db, report);
  return found;
};

const findAuthor: Find = async (db, { authorId }) =>
  authorId === null ? [] : listPeople(db, eq(residents.id, authorId));

const findEditors: Find = async (db, { districtId }) => {
  const bound = or(sql`cardinality(${chats.districtIds}) = 0`, arrayContains(chats.districtIds, [districtId]));
  const groups = await listGroups(db, and(eq(chats.purpose, "editors"), bound));
  return groups.length > 0 ? groups : listStaff(db, ["editor", "admin"]);
};

const findVoters: Find = async (db, report) => [
  ...(await findAuthor(db, report)),
  ...(report.answeredAt === null ? [] : await listFollowers(db, report.id, lt(followers.joinedAt, report.answeredAt))),
];

const findInvited = async (db: Db, { id, cycle }: Concerned, where?: SQL): Promise<Listener[]> =>
  toListeners(
    await db
      .select({ id: residents.id, chatId: residents.telegramId })
      .from(checks)
      .innerJoin(residents, eq(residents.id, checks.residentId))
      .where(and(eq(checks.reportId, id), eq(checks.cycle, cycle), where)),
  );

/** Who was asked on an earlier day has read it. */
const findVolunteers: Find = async (db, report) => {
  const latest = db
    .select({ at: max(checks.invitedAt) })
    .from(checks)
    .where(and(eq(checks.reportId, report.id), eq(checks.cycle, report.cycle)));
  return findInvited(db, report, eq(checks.invitedAt, latest));
};

const findUnvoted: Find = async (db, report) => {
  const voted = await db
    .select({ voterId: votes.voterId })
    .from(votes)
    .where(and(eq(votes.reportId, report.id), eq(votes.cycle, report.cycle)));
  const done = new Set(voted.map(({ voterId }) => voterId));
  const invited = [...(await findVoters(db, report)), ...(await findInvited(db, report))];
  return invited.filter(({ residentId }) => residentId !== null && !done.has(residentId));
};

const findJudges: Find = async (db, report) => {
  const desk = await findDesk(db, report.id);
  switch (desk) {
    case null:
      return [];
    case "inspectors":
      return listStaff(db, ["inspector"], await isFree(db, report.id));
    case "editors":
      return findEditors(db, report);
    case "admins":
      return listStaff(db, ["admin"]);
  }
};

/** Whoever had the report as a task and has it no more: the agency it was handed on by, and every chat a task card was sent to. */
const findFormerOfficers: Find = async (db, { id, agencyId }) => {
  const formerId = await findFormerAgency(db, id);
  const told = await db
    .selectDistinct({ chatId: notices.chatId, residentId: notices.residentId })
    .from(notices)
    .where(and(eq(notices.reportId, id), inArray(notices.kind, [...TASK_CARDS])));
  // A group of theirs in which the bot may not write just now has the task all the same.
  const groups = agencyId === null ? [] : await db.select().from(chats).where(eq(chats.agencyId, agencyId));
  const present = agencyId === null ? [] : await listOfficers(db, agencyId);
  const now = new Set([...groups, ...present].map(({ chatId }) => chatId));
  const former = formerId === null || formerId === agencyId ? [] : await listOfficers(db, formerId);
  return [...former, ...told].filter(({ chatId }) => !now.has(chatId));
};

/** Nobody once they have left the agency. */
const findTaker: Find = async (db, { id, agencyId }) => {
  if (agencyId === null) return [];
  const taker = db.select({ id: reports.officerId }).from(reports).where(eq(reports.id, id));
  return listStaff(db, ["officer"], and(eq(grants.agencyId, agencyId), inArray(residents.id, taker)));
};

/** Notices that bring a card: to editors, and to agencies. */
const EDITORS_CARDS = ["queue_card", "queue_again", "answer_card"] as const;
const TASK_CARDS = ["task_card", "task_returned"] as const;

/** Notices that only rewrite a card, which says by itself how the report stands; a test compares them with the table of notices. */
export const REWRITES = [
  ...["author_card", "queue_decided", "task_gone", "task_moved", "task_changed", "answer_decided", "dispute_decided"],
] as const;

/** Whoever has a part in the answer must not judge it, and need not hear of the dispute as if they might. */
const isFree = async (db: Db, reportId: number): Promise<SQL | undefined> => {
  const makers = await findMakers(db, reportId);
  return makers === null ? undefined : isFreeOf(db, makers);
};

const FINDERS = {
  author: findAuthor,
  followers: (db, { id }) => listFollowers(db, id),
  voters: findVoters,
  lateFollowers: async (db, { id, answeredAt }) =>
    answeredAt === null ? [] : listFollowers(db, id, gte(followers.joinedAt, answeredAt)),
  volunteers: findVolunteers,
  unvoted: findUnvoted,
  editors: findEditors,
  cardHolders: (db, { id }) =>
    db
      .selectDistinct({ chatId: notices.chatId, residentId: notices.residentId })
      .from(notices)
      .where(and(eq(notices.reportId, id), inArray(notices.kind, [...EDITORS_CARDS]))),
  misinformed: (db, { id, version }) =>
    db
      .selectDistinct({ chatId: notices.chatId, residentId: notices.residentId })
      .from(notices)
      .where(
        and(
          eq(notices.reportId, id),
          // What was due when it was dropped may have been on its way: better disregarded twice than believed.
          or(eq(notices.state, "sent"), and(eq(notices.state, "dropped"), lte(notices.dueAt, notices.settledAt))),
          // The decision's own version is the one before; cards say by themselves how it stands.
          sql`split_part(${notices.dedupeKey}, ':', 3) = ${String(version - 1)}`,
          notInArray(notices.kind, [...REWRITES]),
        ),
      ),
  officers: async (db, { agencyId }) => (agencyId === null ? [] : listOfficers(db, agencyId)),
  formerOfficers: findFormerOfficers,
  taker: findTaker,
  heads: async (db, { agencyId }) =>
    agencyId === null ? [] : listStaff(db, ["officer"], and(eq(grants.agencyId, agencyId), eq(grants.isHead, true))),
  inspectors: (db) => listStaff(db, ["inspector"]),
  admins: (db) => listStaff(db, ["admin"]),
  judges: findJudges,
} as const satisfies Record<string, Find>;

/** The desk where the report's last dispute is decided, null when it never had one. */
export const findDesk = async (db: Db, reportId: number): Promise<Desk | null> => {
  const [dispute] = await db
    .select({ data: events.data })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.kind, "disputed")))
    .orderBy(desc(events.id))
    .limit(1);
  // record() takes nothing else for the data of its kind.
  const desk = (dispute?.data as EventData["disputed"] | undefined)?.desk;
  return DESKS.find((one) => one === desk) ?? null;
};

/** The agency that handed the report on last. */
const findFormerAgency = async (db: Db, reportId: number): Promise<string | null> => {
  const [passing] = await db
    .select({ data: events.data })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.kind, "rerouted")))
    .orderBy(desc(events.id))
    .limit(1);
  return (passing?.data as EventData["rerouted"] | undefined)?.from ?? null;
};

/** The agency's groups, or else its officers' own chats. */
export const listOfficers = async (db: Db, agencyId: string): Promise<Listener[]> => {
  const groups = await listGroups(db, and(eq(chats.purpose, "agency"), eq(chats.agencyId, agencyId)));
  return groups.length > 0 ? groups : listStaff(db, ["officer"], eq(grants.agencyId, agencyId));
};

/** A group in which the bot may not write hears nothing, and is as good as none. */
const listGroups = async (db: Db, where: SQL | undefined): Promise<Listener[]> => {
  const groups = await db
    .select({ chatId: chats.chatId })
    .from(chats)
    .where(and(isNull(chats.unreachable), where));
  return groups.map(({ chatId }) => ({ chatId, residentId: null }));
};

const listPeople = async (db: Db, where: SQL): Promise<Listener[]> =>
  toListeners(await db.select({ id: residents.id, chatId: residents.telegramId }).from(residents).where(where));

/** The own chats of everybody who holds one of the roles. */
export const listStaff = async (db: Db, roles: StaffRole[], where?: SQL): Promise<Listener[]> =>
  toListeners(
    await db
      .selectDistinct({ id: residents.id, chatId: residents.telegramId })
      .from(grants)
      .innerJoin(residents, eq(residents.id, grants.residentId))
      .where(and(inArray(grants.role, roles), isNull(grants.removedAt), isNotNull(residents.telegramId), where)),
  );

const listFollowers = async (db: Db, reportId: number, where?: SQL): Promise<Listener[]> =>
  toListeners(
    await db
      .select({ id: residents.id, chatId: residents.telegramId })
      .from(followers)
      .innerJoin(residents, eq(residents.id, followers.residentId))
      .where(and(eq(followers.reportId, reportId), isNull(followers.leftAt), where)),
  );

const toListeners = (rows: { id: number; chatId: number | null }[]): Listener[] =>
  rows.flatMap(({ id, chatId }) => (chatId === null ? [] : [{ chatId, residentId: id }]));
