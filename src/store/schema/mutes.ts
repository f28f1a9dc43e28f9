import { pgTable, primaryKey } from "drizzle-orm/pg-core";
import { moment, reference } from "./columns.ts";
import { reports } from "./reports.ts";
import { residents } from "./residents.ts";

/**
 * Who hears only what needs them of a report of their own. Written from the card in `/myreports`; read with every fact of a report that is
 * told. At most a row a report, of the few that anybody mutes.
 */
export const mutes = pgTable(
  "mutes",
  {
    reportId: reference()
      .notNull()
      .references(() => reports.id),
    residentId: reference()
      .notNull()
      .references(() => residents.id),
    mutedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.residentId, t.reportId] })],
);
