/** Whom notices of a report were meant for and what became of them, without anybody's name. */
import { and, eq, max, min, ne, sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { notices } from "../schema/notices.ts";
import { reports } from "../schema/reports.ts";
import { BLOCKED } from "../writes/notices.ts";

/** The notices of one kind that one event gave rise to and that ended, or wait, in one way. */
export type Told = {
  /** The event: when and of which kind. */
  eventAt: Date;
  eventKind: string;
  kind: string;
  /** Whether they are for the report's author. */
  isAuthors: boolean;
  /** `blocked`: they wait for somebody who blocked the bot. */
  state: "sent" | "waiting" | "blocked" | "undeliverable";
  failure: string | null;
  count: number;
  /** When the last of them was settled; of those that wait, when the first may be told. */
  at: Date | null;
};

/** Everything that was to be said of a report, as long as it is kept; what was dropped unsaid is left out. */
export const listTold = async (db: Db, reportId: number): Promise<Told[]> => {
  // The last part of the key is the kind of the event.
  const eventKind = sql<string>`split_part(${notices.dedupeKey}, ':', 5)`;
  const isAuthors = sql<boolean>`coalesce(${notices.residentId} = ${reports.authorId}, false)`;
  const found = await db
    .select({
      eventAt: notices.createdAt,
      eventKind,
      kind: notices.kind,
      isAuthors,
      state: notices.state,
      failure: notices.failure,
      count: sql`count(*)`.mapWith(Number),
      settledAt: max(notices.settledAt),
      dueAt: min(notices.dueAt),
    })
    .from(notices)
    .innerJoin(reports, eq(reports.id, notices.reportId))
    .where(and(eq(notices.reportId, reportId), ne(notices.state, "dropped")))
    .groupBy(notices.createdAt, eventKind, notices.kind, isAuthors, notices.state, notices.failure)
    .orderBy(min(notices.id));
  return found.flatMap(({ state, failure, settledAt, dueAt, ...told }) => {
    if (state === "dropped") return [];
    const isBlocked = state === "undeliverable" && failure === BLOCKED;
    return { ...told, failure, state: isBlocked ? ("blocked" as const) : state, at: settledAt ?? dueAt };
  });
};
