import { and, eq, gt } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { banMarks } from "../schema/ban-marks.ts";
import { residents } from "../schema/residents.ts";

/** Until when and why a resident is banned at this moment, null when they are not. */
export const findBan = async (
  db: Db | Tx,
  residentId: number,
  now: Date,
): Promise<{ until: Date; reason: string } | null> => {
  const [person] = await db
    .select({ until: residents.bannedUntil, reason: residents.banReason })
    .from(residents)
    .where(and(eq(residents.id, residentId), gt(residents.bannedUntil, now)));
  return person === undefined || person.until === null ? null : { until: person.until, reason: person.reason ?? "" };
};

/** Whether anybody was erased whose ban goes on. */
export const hasBanMarks = async (db: Db | Tx, now: Date): Promise<boolean> =>
  (await db.select({ mark: banMarks.mark }).from(banMarks).where(gt(banMarks.until, now)).limit(1)).length > 0;
