import { and, between, eq, inArray, isNotNull, ne } from "drizzle-orm";
import type { similarBox } from "../../report/duplicate.ts";
import { STATUS_NAMES, STATUSES, type Status } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";

/** Public, and somebody still owes a step: what can be joined, and what another report can be merged into. */
export const JOINABLE: readonly Status[] = STATUS_NAMES.filter(
  (status) => STATUSES[status].shows === "all" && STATUSES[status].owes !== null,
);

/** An open public report on a topic within a box. */
export type SimilarReport = {
  id: number;
  lat: number;
  lon: number;
  address: string | null;
  description: string;
  status: Status;
  createdAt: Date;
  authorId: number | null;
};

/** Beyond so many the box is a place where everything is reported all the time, and the nearest are among the latest. */
const MOST = 200;

/** Open public reports on the topic in the box; the one named is left out. */
export const listSimilar = async (
  db: Db,
  { topicId, box, exceptId = null }: { topicId: string; box: ReturnType<typeof similarBox>; exceptId?: number | null },
): Promise<SimilarReport[]> => {
  const found = await db
    .select({
      id: reports.id,
      lat: reports.lat,
      lon: reports.lon,
      address: reports.address,
      description: reports.description,
      publicText: reports.publicText,
      status: reports.status,
      createdAt: reports.createdAt,
      authorId: reports.authorId,
    })
    .from(reports)
    .where(
      and(
        inArray(reports.status, [...JOINABLE]),
        between(reports.lat, box.south, box.north),
        between(reports.lon, box.west, box.east),
        isNotNull(reports.lat),
        eq(reports.topicId, topicId),
        exceptId === null ? undefined : ne(reports.id, exceptId),
      ),
    )
    .limit(MOST);
  return found.flatMap(({ lat, lon, publicText, description, ...report }) =>
    lat === null || lon === null ? [] : [{ ...report, lat, lon, description: publicText ?? description }],
  );
};
