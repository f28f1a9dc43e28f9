/** The only reader of what the public may see of reports: nothing of a person, no exact home, no text an editor has not passed. */
import { and, desc, inArray, lt, sql } from "drizzle-orm";
import { publicPlaceOf, type PublicCity } from "../../report/public-place.ts";
import type { FoundPublicReport, PublicReport } from "../../report/public-report.ts";
import { isShown, type Status } from "../../report/status.ts";
import type { Db } from "../db.ts";
import { reports } from "../schema/reports.ts";
import { isPublic, type PublicFilter } from "./public-filter.ts";

export type { FoundPublicReport, PublicReport } from "../../report/public-report.ts";
export type { Box, PublicFilter } from "./public-filter.ts";

/** A photo nobody hid, of the report itself or of an answer an editor published. */
const photoName = sql<string | null>`(
  select p.stored_as from photos p left join answers a on a.id = p.answer_id
  where p.report_id = reports.id and p.stored_as is not null and not p.is_hidden and p.addition_id is null
    and (p.answer_id is null or (a.state = 'accepted' and a.kind in ('fixed', 'cannot_fix')))
  order by p.answer_id nulls first, p.position limit 1
)`;

const COLUMNS = {
  id: reports.id,
  status: reports.status,
  returnsTo: reports.returnsTo,
  outcome: reports.outcome,
  topicId: reports.topicId,
  districtId: reports.districtId,
  agencyId: reports.agencyId,
  lat: reports.lat,
  lon: reports.lon,
  address: reports.address,
  text: sql<string>`coalesce(${reports.publicText}, ${reports.description})`,
  createdAt: reports.createdAt,
  updatedAt: reports.updatedAt,
  statusAt: reports.statusAt,
  assignedAt: reports.assignedAt,
  dueAt: reports.handlingDueAt,
  firstDueAt: reports.firstDueAt,
  answeredAt: reports.answeredAt,
  publishedAt: reports.publishedAt,
  cycle: reports.cycle,
  hops: reports.hops,
  postponements: reports.postponements,
  photoName,
};

type Found = Omit<PublicReport, "place"> & { returnsTo: Status | null; lat: number | null; lon: number | null };

const toPublic = (city: PublicCity, row: Found): PublicReport => {
  const { lat, lon, returnsTo: _returnsTo, ...found } = row;
  return { ...found, ...publicPlaceOf(city, { topicId: found.topicId, lat, lon, address: found.address }) };
};

/** Public reports, newest number first; `after` is the last number of the page before, `skip` how many of the first are passed over. */
export const listPublicReports = async (
  db: Db,
  city: PublicCity,
  filter: PublicFilter,
  { after, limit, skip = 0 }: { after: number | null; limit: number; skip?: number },
): Promise<PublicReport[]> => {
  if (isEmpty(filter)) return [];
  const found = await db
    .select(COLUMNS)
    .from(reports)
    .where(and(isPublic(city, filter), after === null ? undefined : lt(reports.id, after)))
    .orderBy(desc(reports.id))
    .limit(limit)
    .offset(skip);
  return found.map((report) => toPublic(city, report));
};

/** What the public may see of a report; null for a number nobody has. */
export const findPublicReport = async (db: Db, city: PublicCity, id: number): Promise<FoundPublicReport | null> =>
  (await findPublicReports(db, city, [id]))[0] ?? null;

/** The same of several numbers, newest first, without those nobody has. */
export const findPublicReports = async (
  db: Db,
  city: PublicCity,
  ids: readonly number[],
): Promise<FoundPublicReport[]> => {
  if (ids.length === 0) return [];
  const found = await db
    .select(COLUMNS)
    .from(reports)
    .where(inArray(reports.id, [...ids]))
    .orderBy(desc(reports.id));
  return found.map((report): FoundPublicReport => {
    if (isShown(report)) return { shown: "all", report: toPublic(city, report) };
    const { id, status, createdAt, statusAt } = report;
    return { shown: "dates", id, status, createdAt, statusAt };
  });
};

/** So many at once: what is in memory is the same for any number of reports. */
const BATCH = 1000;

/** All public reports of a filter in batches, newest number first. What changes meanwhile is seen as it is when its batch comes. */
export async function* streamPublicReports(
  db: Db,
  city: PublicCity,
  filter: PublicFilter,
): AsyncIterable<readonly PublicReport[]> {
  for (let after: number | null = null; ;) {
    const batch: PublicReport[] = await listPublicReports(db, city, filter, { after, limit: BATCH });
    if (batch.length > 0) yield batch;
    const last = batch.at(-1);
    if (last === undefined || batch.length < BATCH) return;
    after = last.id;
  }
}

/** A list of choices without any is asked for nothing. */
const isEmpty = ({ topicIds, statuses, ids }: PublicFilter): boolean =>
  [topicIds, statuses, ids].some((choices) => choices?.length === 0);
