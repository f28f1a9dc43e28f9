import { and, count, eq, inArray } from "drizzle-orm";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";

/** How many reports wait for moderation in these districts; in all of them when none is named. */
export const countQueue = async (db: Db, districtIds: readonly string[]): Promise<number> => {
  const where =
    districtIds.length === 0
      ? eq(reports.status, "submitted")
      : and(eq(reports.status, "submitted"), inArray(reports.districtId, [...districtIds]));
  const [row] = await db.select({ size: count() }).from(reports).where(where);
  return row?.size ?? 0;
};
