import { eq } from "drizzle-orm";
import type { Db } from "../db.ts";
import { reports, type ReportRow } from "../schema/reports.ts";

/** The report with this number as it stands, unlocked; null when there is none. */
export const findReport = async (db: Db, reportId: number): Promise<ReportRow | null> => {
  const [report] = await db.select().from(reports).where(eq(reports.id, reportId));
  return report ?? null;
};
