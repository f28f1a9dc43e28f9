/** The editors' queue: reports in moderation, what came back from a resident first, then whoever has waited longest. */
import { and, asc, count, desc, eq, gt, inArray, ne, not, or, sql, type SQL } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { at } from "../raw.ts";
import { reports } from "../schema/reports.ts";

/** One line of the queue. */
export type QueueItem = Pick<
  typeof reports.$inferSelect,
  "id" | "topicId" | "districtId" | "address" | "statusAt" | "dueAt" | "isOnTop"
>;

/** Where a page begins: strictly after or before a report, by its place in the order. */
export type QueueFrom = { go: "after" | "before" } & Pick<QueueItem, "isOnTop" | "statusAt" | "id">;

/** What of the queue is looked at. Districts or topics named none: all of them. */
export type QueueScope = {
  districtIds: readonly string[];
  topicIds: readonly string[];
  /** Only what this person has in hand at this moment. */
  takenById: number | null;
  /** Without the appeals against what this person decided: somebody else has to look at them. */
  exceptAppealsAgainstId: number | null;
  now: Date;
};

export type QueuePage = {
  items: QueueItem[];
  /** How many wait before the first item; with `total` it tells whether there is a next or a previous page. */
  before: number;
  total: number;
};

/** A page of the queue, by keyset. `from` null is its beginning. */
export const listQueue = async (
  db: Db | Tx,
  { scope, from, limit }: { scope: QueueScope; from: QueueFrom | null; limit: number },
): Promise<QueuePage> => {
  const waiting = within(scope);
  const backwards = from?.go === "before";
  const rows = await db
    .select({
      id: reports.id,
      topicId: reports.topicId,
      districtId: reports.districtId,
      address: reports.address,
      statusAt: reports.statusAt,
      dueAt: reports.dueAt,
      isOnTop: reports.isOnTop,
    })
    .from(reports)
    .where(from === null ? waiting : and(waiting, beyond(from)))
    .orderBy(
      ...(backwards
        ? [asc(reports.isOnTop), desc(reports.statusAt), desc(reports.id)]
        : [desc(reports.isOnTop), asc(reports.statusAt), asc(reports.id)]),
    )
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

const within = ({ districtIds, topicIds, takenById, exceptAppealsAgainstId, now }: QueueScope): SQL | undefined =>
  and(
    eq(reports.status, "submitted"),
    districtIds.length === 0 ? undefined : inArray(reports.districtId, [...districtIds]),
    topicIds.length === 0 ? undefined : inArray(reports.topicId, [...topicIds]),
    takenById === null ? undefined : and(eq(reports.takenById, takenById), gt(reports.takenUntil, now)),
    exceptAppealsAgainstId === null
      ? undefined
      : or(
          not(reports.hasAppealed),
          sql`${reports.moderatorId} is null`,
          ne(reports.moderatorId, exceptAppealsAgainstId),
        ),
  );

/** What is on top comes before what is not; among equals the older, then the smaller number. */
const beyond = ({ go, isOnTop, statusAt, id }: QueueFrom): SQL => {
  const key = sql`(${!isOnTop}::boolean, ${at(statusAt)}, ${id}::bigint)`;
  const place = sql`(not ${reports.isOnTop}, ${reports.statusAt}, ${reports.id})`;
  return go === "after" ? sql`${place} > ${key}` : sql`${place} < ${key}`;
};
