import { and, asc, eq, isNull } from "drizzle-orm";
import type { ReportContent } from "../../form/draft.ts";
import type { Db } from "../db.ts";
import { photos } from "../schema/photos.ts";
import { reports } from "../schema/reports.ts";

/** What a report is made of, as its resident told it; null when there is no such report. */
export const findReportContent = async (db: Db, reportId: number): Promise<ReportContent | null> => {
  const [report] = await db.select().from(reports).where(eq(reports.id, reportId));
  if (report === undefined) return null;
  const pictures = await db
    .select()
    .from(photos)
    .where(and(eq(photos.reportId, reportId), isNull(photos.answerId), isNull(photos.additionId)))
    .orderBy(asc(photos.position));
  const { topicId, districtId, lat, lon, address, description, answers } = report;
  return {
    topicId,
    place: { point: lat === null || lon === null ? null : { lat, lon }, address, districtId, source: "typed" },
    description,
    // Those from the web have no author who could send them again.
    photos: pictures.flatMap(({ fileId, fileUniqueId, isDocument }) =>
      fileId === null || fileUniqueId === null
        ? []
        : [{ fileId, fileUniqueId, kind: isDocument ? "document" : "photo" } as const],
    ),
    answers,
  };
};
