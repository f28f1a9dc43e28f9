import { and, countDistinct, eq, gte, inArray, lt, lte, notExists, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DayFigures } from "../../report/day-figures.ts";
import type { EventKind } from "../../report/event.ts";
import { STATUS_NAMES, STATUSES } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { isShownIn, reports } from "../schema/reports.ts";

/** The kinds of event a day's figures are made of. */
const KINDS = ["submitted", "published", "closed", "reopened", "overdue"] as const satisfies readonly EventKind[];

/** The agency owes the step, so its date can pass. */
const RUNNING = STATUS_NAMES.filter((status) => STATUSES[status].owes === "officer");
const OVER = STATUS_NAMES.filter((status) => STATUSES[status].owes === null);

/** What happened from one moment up to another, and how many are open and overdue at `now`. */
export const findDayFigures = async (
  db: Db,
  { from, to, now }: { from: Date; to: Date; now: Date },
): Promise<DayFigures> => {
  const undone = alias(events, "undone");
  const takenBack = db
    .select({ id: undone.id })
    .from(undone)
    .where(
      and(
        eq(undone.reportId, events.reportId),
        eq(undone.kind, "undone"),
        sql`${undone.id} > ${events.id} and ${undone.data} ->> 'kind' = ${events.kind}`,
      ),
    );
  const outcome = sql<string | null>`${events.data} ->> 'outcome'`;
  const happened = await db
    .select({ kind: events.kind, outcome, count: countDistinct(events.reportId) })
    .from(events)
    .where(and(gte(events.at, from), lt(events.at, to), inArray(events.kind, [...KINDS]), notExists(takenBack)))
    .groupBy(events.kind, outcome);
  const sum = (kind: (typeof KINDS)[number], isIt: (outcome: string | null) => boolean = () => true): number =>
    happened.reduce((all, one) => (one.kind === kind && isIt(one.outcome) ? all + one.count : all), 0);
  const standing = (where: SQL | undefined): Promise<number> => db.$count(reports, where);
  return {
    filed: sum("submitted"),
    published: sum("published"),
    confirmed: sum("closed", (how) => how === "confirmed"),
    closedOtherwise: sum("closed", (how) => how !== "confirmed"),
    reopened: sum("reopened"),
    missed: sum("overdue"),
    open: await standing(
      and(isShownIn(reports), sql`${reports.status} not in (${sql.raw(OVER.map((name) => `'${name}'`).join(", "))})`),
    ),
    overdue: await standing(and(inArray(reports.status, RUNNING), lte(reports.handlingDueAt, now))),
  };
};
