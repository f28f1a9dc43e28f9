import type { Tx } from "../db.ts";
import { events } from "../schema/events.ts";

/** Adds one line to the log; it can never be changed afterwards. Its number. */
export const addEvent = async (tx: Tx, event: Omit<typeof events.$inferInsert, "id">): Promise<number> => {
  const [added] = await tx.insert(events).values(event).returning({ id: events.id });
  if (added === undefined) throw new Error("No event was added");
  return added.id;
};
