import { and, desc, eq, gt, min } from "drizzle-orm";
import type { Db } from "../db.ts";
import { digests } from "../schema/digests.ts";
import { events } from "../schema/events.ts";
import { notices } from "../schema/notices.ts";
import { reports } from "../schema/reports.ts";

/** The first moment of city time after `now` at which something comes due: a report's, a digest's or a waiting notice's; null for none. */
export const findNextMoment = async (db: Db, now: Date): Promise<Date | null> => {
  const [report] = await db
    .select({ at: min(reports.nextTickAt) })
    .from(reports)
    .where(gt(reports.nextTickAt, now));
  const [digest] = await db
    .select({ at: min(digests.nextTickAt) })
    .from(digests)
    .where(gt(digests.nextTickAt, now));
  const [notice] = await db
    .select({ at: min(notices.dueAt) })
    .from(notices)
    .where(and(eq(notices.state, "waiting"), gt(notices.dueAt, now)));
  const moments = [report, digest, notice].flatMap((found) => found?.at ?? []);
  return moments.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
};

/** When the last thing happened, city time; null where nothing has yet. */
export const findLastMoment = async (db: Db): Promise<Date | null> => {
  const [last] = await db.select({ at: events.at }).from(events).orderBy(desc(events.id)).limit(1);
  return last?.at ?? null;
};
