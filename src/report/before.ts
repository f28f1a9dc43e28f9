/** How a report stood before an editor's decision: what taking the decision back restores. */
import { z } from "zod";
import { STATUS_NAMES, type Status } from "./status.ts";

/** An editor may take their own last decision back for so long, in minutes. */
export const TAKE_BACK_MINUTES = 5;

/** The decisions that may be taken back, by their events. */
export const TAKEN_BACK = ["assigned", "rejected", "asked", "merged"] as const;

const moment = z.coerce.date().nullable();
const number = z.number().nullable();

// Parsed, because it comes out of jsonb, where dates are texts.
const Before = z.object({
  status: z.enum(STATUS_NAMES as [Status, ...Status[]]),
  statusAt: z.coerce.date(),
  dueAt: moment,
  agencyId: z.string().nullable(),
  assignedAt: moment,
  handlingDueAt: moment,
  firstDueAt: moment,
  dayCount: number,
  returnsTo: z.enum(["submitted", "assigned"]).nullable(),
  pausedAt: moment,
  moderatorId: number,
  isOnTop: z.boolean(),
  mergedIntoId: number,
  tickedAt: moment,
});
export type Before = z.output<typeof Before>;

/** What has to be kept of a report before it is decided on; JSON, and nothing of a person in it but ids. */
export const toBefore = (report: Before): Record<string, unknown> => Before.parse(report);

/** The same out of the database. */
export const readBefore = (stored: unknown): Before => Before.parse(stored);
