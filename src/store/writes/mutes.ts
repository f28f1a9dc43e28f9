import { and, eq } from "drizzle-orm";
import type { Tx } from "../db.ts";
import { mutes } from "../schema/mutes.ts";

type Mute = { reportId: number; residentId: number };

/** Somebody hears only what needs them of a report from now on; once is enough. */
export const addMute = async (tx: Tx, mute: Mute, now: Date): Promise<void> => {
  await tx
    .insert(mutes)
    .values({ ...mute, mutedAt: now })
    .onConflictDoNothing();
};

/** They hear all of it again. */
export const removeMute = async (tx: Tx, { reportId, residentId }: Mute): Promise<void> => {
  await tx.delete(mutes).where(and(eq(mutes.reportId, reportId), eq(mutes.residentId, residentId)));
};
