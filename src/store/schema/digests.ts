import { check, pgTable, text } from "drizzle-orm/pg-core";
import { MORNING_KINDS } from "../../report/digest.ts";
import { moment } from "./columns.ts";
import { isOneOf } from "./one-of.ts";

/**
 * When each digest is put together next; who gets it is asked at that moment. One row a kind.
 * Written at the start and by tick-digest; found by the sweep through `nextTickAt`, like everything that waits.
 */
export const digests = pgTable(
  "digests",
  {
    kind: text({ enum: MORNING_KINDS }).primaryKey(),
    /** When it was put together last, city time; null: never. */
    tickedAt: moment(),
    nextTickAt: moment().notNull(),
  },
  (t) => [check("digests_kind", isOneOf(t.kind, MORNING_KINDS))],
);
