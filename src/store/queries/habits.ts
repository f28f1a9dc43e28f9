/** How people want to be told things. */
import { and, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { NIGHT, type QuietHours } from "../../report/quiet-hours.ts";
import type { Habit } from "../../report/when-told.ts";
import type { Db } from "../db.ts";
import { mutes } from "../schema/mutes.ts";
import { residents } from "../schema/residents.ts";

/** The quiet hours of a row; null where it is never quiet. */
export const quietOf = ({ quietFrom, quietUntil }: Pick<typeof residents.$inferSelect, "quietFrom" | "quietUntil">) =>
  quietFrom === null || quietUntil === null ? null : ({ from: quietFrom, until: quietUntil } satisfies QuietHours);

/** How a person wants to be told of anything. */
export const howToTell = (
  row: Pick<typeof residents.$inferSelect, "quietFrom" | "quietUntil" | "wantsDigest">,
): Omit<Habit, "isMuted"> => ({ quiet: quietOf(row), wantsDigest: row.wantsDigest });

/** Of these people those who chose something, by id: almost nobody, so that asking costs next to nothing. */
export const findHabits = async (
  db: Db,
  residentIds: readonly number[],
  reportId: number,
): Promise<ReadonlyMap<number, Habit>> => {
  if (residentIds.length === 0) return new Map();
  const { quietFrom, quietUntil, wantsDigest } = residents;
  const found = await db
    .select({ id: residents.id, quietFrom, quietUntil, wantsDigest, mutedAt: mutes.mutedAt })
    .from(residents)
    .leftJoin(mutes, and(eq(mutes.residentId, residents.id), eq(mutes.reportId, reportId)))
    .where(
      and(
        inArray(residents.id, [...residentIds]),
        or(
          sql`(${quietFrom}, ${quietUntil}) is distinct from (${NIGHT.from}, ${NIGHT.until})`,
          isNotNull(mutes.mutedAt),
          eq(wantsDigest, true),
        ),
      ),
    );
  return new Map(found.map(({ id, mutedAt, ...row }) => [id, { ...howToTell(row), isMuted: mutedAt !== null }]));
};

/** Whether somebody hears only what needs them of a report. */
export const isMuted = async (db: Db, residentId: number, reportId: number): Promise<boolean> =>
  (await db.$count(mutes, and(eq(mutes.residentId, residentId), eq(mutes.reportId, reportId)))) > 0;
