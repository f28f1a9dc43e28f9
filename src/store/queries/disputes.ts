import type { Box } from "../../city/geometry.ts";
import { and, between, count, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "../db.ts";
import { events } from "../schema/events.ts";
import { reports, type ReportRow } from "../schema/reports.ts";
import { grants } from "../schema/staff.ts";

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
