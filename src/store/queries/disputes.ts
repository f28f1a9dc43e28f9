import { and, asc, between, count, eq, inArray, isNull, notInArray, sql, type SQL } from "drizzle-orm";
import type { Bench, Desk, Makers } from "../../report/dispute.ts";
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

/** Whose the report and its answer are, null when there is no such report. */
export const findMakers = async (db: Db, reportId: number): Promise<Makers | null> => {
  const { authorId, agencyId, officerId, publisherId } = reports;
  const [makers] = await db
    .select({ authorId, agencyId, officerId, publisherId })
    .from(reports)
    .where(eq(reports.id, reportId));
  return makers ?? null;
};

/** Who is there to judge an answer at this moment, besides those whom something ties to it. */
export const findBench = async (db: Db, makers: Makers): Promise<Bench> => {
  const held = await db
    .selectDistinct({ role: grants.role })
    .from(grants)
    .where(and(isNull(grants.removedAt), isFreeOf(db, makers)));
  const roles = held.map(({ role }) => role);
  return {
    inspectors: roles.includes("inspector"),
    editors: roles.includes("editor"),
    admins: roles.includes("admin"),
  };
};

/** Of grants: that they are of somebody whom nothing ties to the answer of these makers. */
export const isFreeOf = (db: Db, { authorId, agencyId, officerId, publisherId }: Makers): SQL | undefined => {
  const officers = db
    .select({ residentId: grants.residentId })
    .from(grants)
    .where(and(eq(grants.role, "officer"), eq(grants.agencyId, agencyId ?? ""), isNull(grants.removedAt)));
  return and(
    notInArray(grants.residentId, [authorId ?? 0, officerId ?? 0, publisherId ?? 0]),
    notInArray(grants.residentId, officers),
  );
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
export type Dispute = Makers &
  Pick<ReportRow, "id" | "topicId" | "districtId" | "lat" | "lon" | "address" | "dueAt"> & { desk: Desk };

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
      authorId: reports.authorId,
      agencyId: reports.agencyId,
      officerId: reports.officerId,
      publisherId: reports.publisherId,
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
