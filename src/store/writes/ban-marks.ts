import { eq, lte } from "drizzle-orm";
import type { Db, Tx } from "../db.ts";
import { banMarks } from "../schema/ban-marks.ts";

/** Keeps the mark of a banned person who is being erased. */
export const addBanMark = async (tx: Tx, mark: typeof banMarks.$inferInsert): Promise<void> => {
  await tx
    .insert(banMarks)
    .values(mark)
    .onConflictDoUpdate({ target: banMarks.mark, set: { until: mark.until } });
};

/** Takes the mark of a person who is back; until when their ban goes on, null for everybody else. */
export const takeBanMark = async (tx: Tx, mark: string): Promise<Date | null> => {
  const [taken] = await tx.delete(banMarks).where(eq(banMarks.mark, mark)).returning({ until: banMarks.until });
  return taken?.until ?? null;
};

/** Forgets whoever's ban is over. */
export const removeBanMarks = async (db: Db, now: Date): Promise<void> => {
  await db.delete(banMarks).where(lte(banMarks.until, now));
};
