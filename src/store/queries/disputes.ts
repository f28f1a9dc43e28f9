import { and, asc, between, count, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Desk } from "../../report/dispute.ts";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { reports, type ReportRow } from "../schema/reports.ts";
import { grants } from "../schema/staff.ts";

/** Sides in degrees. */
export type Box = { south: number; north: number; west: number; east: number };

/** Whether anybody is appointed inspector at this moment. */
export const hasInspectors = async (db: Db): Promise<boolean> => {
  const [one] = await db
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.role, "inspector"), isNull(grants.removedAt)))
    .limit(1);
  return one !== undefined;
};

/** The author's disputes so far on reports of the same topic within the box around the place, one entry a dispute. */
export const listAuthorDisputes = (
  db: Db,
  report: Pick<ReportRow, "authorId" | "topicId">,
  box: Box,
): Promise<{ lat: number | null; lon: number | null }[]> =>
  report.authorId === null
    ? Promise.resolve([])
    : db
        .select({ lat: reports.lat, lon: reports.lon })
        .from(events)
        .innerJoin(reports, eq(reports.id, events.reportId))
        .where(
          and(
            eq(reports.authorId, report.authorId),
            eq(reports.topicId, report.topicId),
            between(reports.lat, box.south, box.north),
            between(reports.lon, box.west, box.east),
            eq(events.kind, "disputed"),
            inArray(events.actorRole, ["author", "operator"]),
          ),
        );

/** The author's disputes so far on one report: all that can be told where its place is on no map. */
export const countOwnDisputes = async (db: Db, reportId: number): Promise<number> => {
  const [counted] = await db
    .select({ disputes: count() })
    .from(events)
    .where(
      and(
        eq(events.reportId, reportId),
        eq(events.kind, "disputed"),
        inArray(events.actorRole, ["author", "operator"]),
      ),
    );
  return counted?.disputes ?? 0;
};

/** A report that waits for a decision on its dispute. */
export type Dispute = Pick<ReportRow, "id" | "topicId" | "districtId" | "lat" | "lon" | "address" | "dueAt"> & {
  desk: Desk;
};

/** A city has some dozens; beyond this the soonest due come first and the others when those are decided. */
const MOST_DISPUTES = 500;

/** What waits at these desks, in these districts (none named: all), soonest due first. */
export const listDisputes = async (
  db: Db,
  { desks, districtIds }: { desks: readonly Desk[]; districtIds: readonly string[] },
): Promise<Dispute[]> => {
  // Written out, because in the columns of a query on one table the builder leaves the tables' names away.
  const desk = sql<Desk>`coalesce((
    select dispute.data ->> 'desk' from ${events} dispute
    where dispute.report_id = ${reports}.id and dispute.kind = 'disputed'
    order by dispute.id desc limit 1
  ), 'editors')`;
  const found = await db
    .select({
      id: reports.id,
      topicId: reports.topicId,
      districtId: reports.districtId,
      lat: reports.lat,
      lon: reports.lon,
      address: reports.address,
      dueAt: reports.dueAt,
      desk,
    })
    .from(reports)
    .where(
      and(
        eq(reports.status, "disputed"),
        districtIds.length === 0 ? undefined : inArray(reports.districtId, [...districtIds]),
      ),
    )
    .orderBy(asc(reports.dueAt), asc(reports.id))
    .limit(MOST_DISPUTES);
  return found.filter((dispute) => desks.includes(dispute.desk));
};
