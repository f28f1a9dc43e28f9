import { addWorkingDays } from "../city/calendar.ts";
import { lastDayOf } from "../report/due.ts";
import { dueTicks, nextTickAt, ticksToDo, OVERDUE_ESCALATION_DAYS, type Telling, type Tick } from "../report/ticks.ts";
import type { Tx } from "../store/open.ts";
import { hasTold } from "../store/queries/due-reports.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { claimReport, saveTicked } from "../store/writes/reports.ts";
import { moveReport } from "./change-report.ts";
import type { Deps } from "./deps.ts";
import { endPause } from "./end-pause.ts";
import { record } from "./record.ts";
import { tallyVotes } from "./tally-votes.ts";

const BY_CLOCK = { actorId: null, actorRole: "clock" } as const;

/**
 * Does everything that has come due for a report by itself, in order, in one transaction; the moments that were done. Of several processes
 * that try, one does it and the others find nothing left to do.
 */
export const tickReport = async (deps: Deps, reportId: number, now: Date): Promise<Tick[]> =>
  deps.store.db.transaction(async (tx) => {
    const done: Tick[] = [];
    let report = await claimReport(tx, reportId);
    while (report !== null) {
      const due = dueTicks(report, deps.city, now);
      const moved = await doTicks(tx, deps, report, ticksToDo(due), done, now);
      if (moved === null) {
        const tickedAt = due.at(-1)?.at ?? report.tickedAt;
        await saveTicked(tx, report, { tickedAt, nextTickAt: nextTickAt({ ...report, tickedAt }, deps.city) });
        return done;
      }
      // In its new status other moments may have come already: it returned to a date that is past.
      report = moved;
    }
    return done;
  });

/** The report as the first tick that moved it left it; null when none did and all are done. */
const doTicks = async (
  tx: Tx,
  deps: Deps,
  report: ReportRow,
  ticks: readonly Tick[],
  done: Tick[],
  now: Date,
): Promise<ReportRow | null> => {
  for (const tick of ticks) {
    const after = await doTick(tx, deps, report, tick, now);
    done.push(tick);
    if (after.version !== report.version) return after;
  }
  return null;
};

const doTick = async (tx: Tx, deps: Deps, report: ReportRow, tick: Tick, now: Date): Promise<ReportRow> => {
  switch (tick) {
    case "wait_ended":
      return endWaiting(tx, deps, report, now);
    case "quorum":
    case "window_ended":
      return tallyVotes(tx, deps, report, { act: "end_window", ...BY_CLOCK }, now);
    case "moderation_late":
    case "moderation_escalated":
    case "reply_reminder":
    case "due_in_three_days":
    case "due_tomorrow":
    case "due_today":
    case "overdue":
    case "overdue_escalated":
    case "answer_check_late":
    case "answer_check_escalated":
    case "check_reminder":
    case "check_last_reminder":
    case "inspection_late":
    case "inspection_escalated":
      await tellTick(tx, deps, report, tick, now);
      return report;
  }
};

const tellTick = async (tx: Tx, deps: Deps, report: ReportRow, tick: Telling, now: Date): Promise<void> => {
  const { city } = deps;
  if (report.dueAt === null) throw new Error(`Report ${report.id} has no date that could pass`);
  const lastDay = lastDayOf(city, report.dueAt);
  const due = lastDay.toString();
  // An answer that was returned comes back to the date it had: whoever was told that it passed need not be told again.
  if (await hasTold(tx, report.id, tick, due)) return;
  if (tick === "overdue") {
    const escalatesOn = addWorkingDays(city.calendar, lastDay, OVERDUE_ESCALATION_DAYS).date.toString();
    await record(tx, deps, { report, ...BY_CLOCK, kind: tick, data: { due, escalatesOn } }, now);
  } else await record(tx, deps, { report, ...BY_CLOCK, kind: tick, data: { due } }, now);
};

/** Nobody replied to a question: what was asked in moderation is rejected and may be repaired, the agency goes on without. */
const endWaiting = async (tx: Tx, deps: Deps, report: ReportRow, now: Date): Promise<ReportRow> => {
  const { city } = deps;
  if (report.returnsTo === "submitted") {
    const over = { returnsTo: null, dueAt: null, isOnTop: false };
    const rejected = await moveReport(tx, city, report, "end_waiting", "rejected", over, now);
    const data = { code: "no_reply", words: null };
    await record(tx, deps, { report: rejected, ...BY_CLOCK, kind: "rejected", data }, now);
    return rejected;
  }
  if (report.dueAt === null) throw new Error(`Report ${report.id} waits for nothing`);
  // Until the day that was promised, however late the sweep comes.
  const { pause, change: on } = endPause(city, report, lastDayOf(city, report.dueAt));
  const assigned = await moveReport(tx, city, report, "end_waiting", "assigned", on, now);
  await record(tx, deps, { report: assigned, ...BY_CLOCK, kind: "wait_ended", data: pause }, now);
  return assigned;
};
