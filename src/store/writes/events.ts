import type { Tx } from "../db.ts";
import { events } from "../schema/events.ts";

/** Adds one line to the log; it can never be changed afterwards. */
export const addEvent = async (tx: Tx, event: Omit<typeof events.$inferInsert, "id">): Promise<void> => {
  await tx.insert(events).values(event);
};
