/** The editors' queue: reports in moderation, whoever has waited longest first. */
import { and, asc, count, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { reports } from "../schema/reports.ts";

/** One line of the queue. */
export type QueueItem = Pick<
  typeof reports.$inferSelect,
  "id" | "topicId" | "districtId" | "address" | "statusAt" | "dueAt"
>;

/** Where a page begins: strictly after or before a report, by when its waiting began and its number. */
export type QueueFrom = { go: "after" | "before"; statusAt: Date; id: number };

export type QueuePage = {
  items: QueueItem[];
  /** How many wait before the first item; with `total` it tells whether there is a next or a previous page. */
  before: number;
  total: number;
};

/** A page of the queue of these districts (none named: all), by keyset. `from` null is its beginning. */
export const listQueue = async (
  db: Db | Tx,
  { districtIds, from, limit }: { districtIds: readonly string[]; from: QueueFrom | null; limit: number },
): Promise<QueuePage> => {
  const waiting = and(
    eq(reports.status, "submitted"),
    districtIds.length === 0 ? undefined : inArray(reports.districtId, [...districtIds]),
  );
  const backwards = from?.go === "before";
  const rows = await db
    .select({
      id: reports.id,
      topicId: reports.topicId,
      districtId: reports.districtId,
      address: reports.address,
      statusAt: reports.statusAt,
      dueAt: reports.dueAt,
    })
    .from(reports)
    .where(from === null ? waiting : and(waiting, beyond(from)))
    .orderBy(...(backwards ? [desc(reports.statusAt), desc(reports.id)] : [asc(reports.statusAt), asc(reports.id)]))
    .limit(limit);
  const items = backwards ? rows.toReversed() : rows;
  const first = items[0];
  const [counted] = await db
    .select({
      total: count(),
      before:
        first === undefined
          ? sql<number>`0`.mapWith(Number)
          : sql<number>`count(*) filter (where ${beyond({ go: "before", ...first })})`.mapWith(Number),
    })
    .from(reports)
    .where(waiting);
  return { items, before: counted?.before ?? 0, total: counted?.total ?? 0 };
};

const beyond = ({ go, statusAt, id }: QueueFrom): SQL => {
  // An ISO string, because a Date inside raw SQL throws on postgres.js.
  const key = sql`(${statusAt.toISOString()}::timestamptz, ${id}::bigint)`;
  return go === "after"
    ? sql`(${reports.statusAt}, ${reports.id}) > ${key}`
    : sql`(${reports.statusAt}, ${reports.id}) < ${key}`;
};
