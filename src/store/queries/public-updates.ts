/** What has happened to reports since a moment, for those who keep up with them: each report's whole log, for one event may take back another. */
import { and, asc, desc, eq, gte, inArray, isNotNull, lt } from "drizzle-orm";
import { isShown } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { answers } from "../schema/answers.ts";
import { events } from "../schema/events.ts";
import { photos } from "../schema/photos.ts";
import { reports } from "../schema/reports.ts";

/** An event without whoever acted, but for the role. */
export type PastEvent = { id: number; at: Date; kind: string; data: unknown; actorRole: string };

/** A report's log up to now, and what the photo of each answer that stands is `storedAs`; `isShown`: the public may see all of it. */
export type ReportPast = {
  reportId: number;
  isShown: boolean;
  history: PastEvent[];
  answerPhotos: ReadonlyMap<number, string>;
};

/** Which events are asked for; of two moments the first is included and the second is not. */
export type EventSpan = { from: Date; to: Date; kinds: readonly string[]; reportIds?: readonly number[] };

/** The first events of a span in the order in which they happened, and the pasts of their reports. */
export const listUpdates = async (
  db: Db,
  { from, to, kinds, reportIds }: EventSpan,
  limit: number,
): Promise<{ eventIds: number[]; pasts: ReportPast[] }> => {
  const happened = await db
    .select({ id: events.id, reportId: events.reportId })
    .from(events)
    .where(
      and(
        isNotNull(events.reportId),
        gte(events.at, from),
        lt(events.at, to),
        inArray(events.kind, [...kinds]),
        reportIds === undefined ? undefined : inArray(events.reportId, [...reportIds]),
      ),
    )
    .orderBy(asc(events.at), asc(events.id))
    .limit(limit);
  const ids = [...new Set(happened.flatMap((event) => event.reportId ?? []))];
  return { eventIds: happened.map(({ id }) => id), pasts: ids.length === 0 ? [] : await listPasts(db, ids) };
};

const listPasts = async (db: Db, ids: readonly number[]): Promise<ReportPast[]> => {
  const found = await db
    .select({ id: reports.id, status: reports.status, returnsTo: reports.returnsTo })
    .from(reports)
    .where(inArray(reports.id, [...ids]));
  const { id, at, kind, data, actorRole, reportId } = events;
  const logged = await db
    .select({ id, at, kind, data, actorRole, reportId })
    .from(events)
    .where(inArray(events.reportId, [...ids]))
    .orderBy(asc(events.id));
  const pictures = await db
    .select({ reportId: photos.reportId, answerId: photos.answerId, storedAs: photos.storedAs })
    .from(photos)
    .innerJoin(answers, and(eq(answers.id, photos.answerId), eq(answers.state, "accepted")))
    .where(and(inArray(photos.reportId, [...ids]), isNotNull(photos.storedAs), eq(photos.isHidden, false)))
    // The first photo of an answer is read last, and stays.
    .orderBy(desc(photos.position));
  const logs = Map.groupBy(logged, (event) => event.reportId);
  const ofReport = Map.groupBy(pictures, (picture) => picture.reportId);
  return found.map((report) => ({
    reportId: report.id,
    isShown: isShown(report),
    history: logs.get(report.id) ?? [],
    answerPhotos: new Map(
      (ofReport.get(report.id) ?? []).flatMap(({ answerId, storedAs }) =>
        answerId === null || storedAs === null ? [] : [[answerId, storedAs]],
      ),
    ),
  }));
};
