import type { Act, Outcome, Role } from "../report/status.ts";
import type { ConfirmedBy } from "../report/verdict.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { moveReport } from "./change-report.ts";
import type { Deps } from "./deps.ts";
import { record } from "./record.ts";

/** How a report ends and through whom; `actorId` is null for the clock, `reason` is the decision's on a dispute. */
export type Closing = {
  act: Act;
  outcome: Outcome;
  by: ConfirmedBy;
  reason: string | null;
  actorId: number | null;
  actorRole: Role;
};

/** Closes a claimed report and tells so; all ways to `closed` lead through here. */
export const closeReport = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  { act, outcome, by, reason, ...actor }: Closing,
  now: Date,
): Promise<ReportRow> => {
  const closed = await moveReport(tx, deps.city, report, act, "closed", { outcome, dueAt: null }, now);
  const data = { cycle: closed.cycle, outcome, by, reason };
  await record(tx, deps, { report: closed, ...actor, kind: "closed", data }, now);
  return closed;
};
