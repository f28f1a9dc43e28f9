/** Reports in every status at which something comes by itself, and who hears of it. */
import { randomUUID } from "node:crypto";
import { asc, eq, isNull, and } from "drizzle-orm";
import { tickReport } from "../../src/actions/tick-report.ts";
import { nextTickAt } from "../../src/report/ticks.ts";
import type { Store } from "../../src/store/open.ts";
import {
  answers,
  events,
  followers,
  grants,
  notices,
  reports,
  votes,
  type ReportRow,
} from "../../src/store/schema/index.ts";
import { city } from "./notices.ts";
import { aReport, aResident, NOON } from "./people.ts";
import { quietLog } from "./store.ts";

export const AGENCY = "housing-kuntsevo";

/** A moment of the city's clock, e.g. `2026-07-15T12:00`. */
export const at = (moment: string): Date => new Date(`${moment}:00+03:00`);

/** 24:00 of the day. */
export const endOf = (day: string): Date => new Date(at(`${day}T00:00`).getTime() + 24 * 3_600_000);

/** One of each who may have to hear something; the number is their chat. */
export const aCast = async (store: Store) => {
  const { db } = store;
  const author = await aResident(db, { telegramId: 1 });
  const follower = await aResident(db, { telegramId: 2 });
  const officer = await aResident(db, { telegramId: 3, role: "officer", agencyId: AGENCY });
  const head = await aResident(db, { telegramId: 4, role: "officer", agencyId: AGENCY });
  await db.update(grants).set({ isHead: true }).where(eq(grants.residentId, head));
  const editor = await aResident(db, { telegramId: 5, role: "editor" });
  const inspector = await aResident(db, { telegramId: 6, role: "inspector" });
  await aResident(db, { telegramId: 8, role: "officer", agencyId: "roads" });
  return { author, follower, officer, head, editor, inspector };
};

/** A report with an agency and a date, as the actions would leave it; its next moment is counted. */
export const aTicking = async (
  store: Store,
  authorId: number,
  differs: Partial<ReportRow> & Pick<ReportRow, "status">,
): Promise<ReportRow> => {
  const statusAt = differs.statusAt ?? NOON;
  const dueAt = differs.dueAt === undefined ? endOf("2026-07-27") : differs.dueAt;
  const report = await aReport(store.db, authorId, {
    agencyId: AGENCY,
    assignedAt: NOON,
    handlingDueAt: dueAt,
    firstDueAt: dueAt,
    statusAt,
    dueAt,
    ...differs,
  });
  const [ticking] = await store.db
    .update(reports)
    .set({ nextTickAt: nextTickAt(report, city) })
    .where(eq(reports.id, report.id))
    .returning();
  if (ticking === undefined) throw new Error("The report is gone");
  return ticking;
};

/** The same, with a published answer to vote on. */
export const aPublished = async (
  store: Store,
  authorId: number,
  officerId: number,
  publishedAt: Date,
  dueAt: Date,
  kind: "fixed" | "cannot_fix" = "fixed",
): Promise<ReportRow> => {
  const report = await aTicking(store, authorId, {
    status: "published",
    statusAt: publishedAt,
    publishedAt,
    answeredAt: publishedAt,
    dueAt,
  });
  await store.db.insert(answers).values({
    draftId: randomUUID(),
    reportId: report.id,
    cycle: 1,
    kind,
    state: "accepted",
    agencyId: AGENCY,
    officerId,
    words: "Заменили лампу",
    sentAt: publishedAt,
    decidedAt: publishedAt,
  });
  return report;
};

export const aVote = async (
  store: Store,
  reportId: number,
  voterId: number,
  kind: "author" | "follower",
): Promise<void> => {
  await store.db.insert(votes).values({ reportId, cycle: 1, voterId, kind, value: "confirmation", at: NOON });
};

export const aFollower = async (store: Store, reportId: number, residentId: number): Promise<void> => {
  await store.db.insert(followers).values({ reportId, residentId, joinedAt: NOON });
};

export const tickAt = (store: Store, { id }: Pick<ReportRow, "id">, now: Date) =>
  tickReport({ store, city, log: quietLog }, id, now);

export const reload = async (store: Store, { id }: Pick<ReportRow, "id">): Promise<ReportRow> => {
  const [report] = await store.db.select().from(reports).where(eq(reports.id, id));
  if (report === undefined) throw new Error(`No report ${id}`);
  return report;
};

/** Every event of the clock, oldest first; of one report or of all. */
export const clockEvents = async (store: Store, reportId?: number): Promise<{ kind: string; data: unknown }[]> =>
  store.db
    .select({ kind: events.kind, data: events.data })
    .from(events)
    .where(
      and(
        isNull(events.actorId),
        eq(events.actorRole, "clock"),
        reportId === undefined ? undefined : eq(events.reportId, reportId),
      ),
    )
    .orderBy(asc(events.id));

/** «kind → chat» of everything to be told, in order. */
export const toldTo = async (store: Store): Promise<string[]> => {
  const rows = await store.db
    .select({ kind: notices.kind, chatId: notices.chatId })
    .from(notices)
    .orderBy(asc(notices.id));
  return rows.map(({ kind, chatId }) => `${kind} → ${chatId}`);
};
