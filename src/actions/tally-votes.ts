import { standingOf } from "../report/verdict.ts";
import type { Role } from "../report/status.ts";
import type { Tx } from "../store/open.ts";
import { getPublishedKind, listVotes } from "../store/queries/tally.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { closeReport } from "./close-report.ts";
import type { Deps } from "./deps.ts";

/** Why the votes are counted: somebody confirmed, or (`actorId` null) a moment has come by itself. */
export type Counting =
  { act: "confirm"; actorId: number; actorRole: Role } | { act: "end_window"; actorId: null; actorRole: "clock" };

/**
 * Counts the votes on a claimed report whose answer is published, and closes it when they decide; else it stays as it is.
 * A refutation is no matter of counting: whoever casts one disputes the report in the same transaction.
 */
export const tallyVotes = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  counting: Counting,
  now: Date,
): Promise<ReportRow> => {
  const { publishedAt, dueAt: windowEndsAt } = report;
  if (report.status !== "published" || publishedAt === null || windowEndsAt === null) {
    throw new Error(`Report ${report.id} has no answer to vote on`);
  }
  const kind = await getPublishedKind(tx, report);
  const standing = standingOf(await listVotes(tx, report), { kind, publishedAt, windowEndsAt }, now);
  switch (standing.kind) {
    case "open":
      return report;
    case "disputed":
      throw new Error(`Report ${report.id} was refuted and is not disputed`);
    case "closed": {
      const { outcome, by } = standing;
      return closeReport(tx, deps, report, { ...counting, outcome, by, reason: null }, now);
    }
  }
};
