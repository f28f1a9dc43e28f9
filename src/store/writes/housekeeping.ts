/** What the tables promise to forget. */
import { lt } from "drizzle-orm";
import type { Db } from "../db.ts";
import { handledUpdates } from "../schema/drafts.ts";
import { notices } from "../schema/notices.ts";

/** Forgets which updates were handled before the moment. */
export const removeHandledUpdates = async (db: Db, before: Date): Promise<void> => {
  await db.delete(handledUpdates).where(lt(handledUpdates.handledAt, before));
};

/** Removes notices settled before the moment; what happened stays in the events. */
export const removeSettledNotices = async (db: Db, before: Date): Promise<void> => {
  await db.delete(notices).where(lt(notices.settledAt, before));
};
