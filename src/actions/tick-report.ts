import { addWorkingDays } from "../city/calendar.ts";
import { lastDayOf } from "../report/due.ts";
import { repairUntil } from "../report/repair.ts";
import { dueTicks, nextTickAt, ticksToDo, OVERDUE_ESCALATION_DAYS, type Telling, type Tick } from "../report/ticks.ts";
import type { Tx } from "../store/open.ts";
import { hasTold } from "../store/queries/due-reports.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { claimFreeReport, claimReport, freeTaken, saveTicked } from "../store/writes/reports.ts";
import { moveReport } from "./change-report.ts";
import type { Deps } from "./deps.ts";
import { endPause } from "./end-pause.ts";
import { inviteVolunteers } from "./invite-volunteers.ts";
import { record } from "./record.ts";
import { tallyVotes } from "./tally-votes.ts";

const BY_CLOCK = { actorId: null, actorRole: "clock" } as const;

/**
 * Does everything that has come due for a report by itself, in order; the moments that were done. Of several processes that try, one does
 * it and the others find nothing left to do.
 */
export const tickReport = async (deps: Deps, reportId: number, now: Date): Promise<Tick[]> => {
  const done: Tick[] = [];
  for (let isMoved = true; isMoved;) {
    // In its new status other moments may have come already: it returned to a date that is past.
    const ticked = await tickStatus(deps, reportId, claimReport, now);
    done.push(...(ticked?.done ?? []));
    isMoved = ticked?.isMoved ?? false;
  }
  return done;
};

/** The same for whoever can come again later: null, and nothing done, while somebody else acts on the report. */
export const tickFreeReport = async (deps: Deps, reportId: number, now: Date): Promise<Tick[] | null> => {
  const ticked = await tickStatus(deps, reportId, claimFreeReport, now);
  return ticked?.isMoved === true
    ? [...ticked.done, ...(await tickReport(deps, reportId, now))]
    : (ticked?.done ?? null);
};

/** `isMoved`: the last of these moments brought the report to another status. */
type Ticked = { done: Tick[]; isMoved: boolean };

/**
 * Does what is due in the status the report has, in one transaction; null when it could not be claimed. A move ends it: two transactions
 * that each tell one fact wake their chats in one order, and never wait for each other.
 */
const tickStatus = (deps: Deps, reportId: number, claim: typeof claimReport, now: Date): Promise<Ticked | null> =>
  deps.store.db.transaction(async (tx) => {
    const report = await claim(tx, reportId);
    if (report === null) return null;
    const due = dueTicks(report, deps.city, now);
    const done: Tick[] = [];
    for (const tick of ticksToDo(due)) {
      const after = await doTick(tx, deps, report, tick, now);
      done.push(tick);
      if (after.version !== report.version) return { done, isMoved: true };
    }
    const tickedAt = due.at(-1)?.at ?? report.tickedAt;
    const next = nextTickAt({ ...report, tickedAt }, deps.city);
    // Whoever comes second has nothing to write.
    const isAsBefore = due.length === 0 && next?.getTime() === report.nextTickAt?.getTime();
    if (!isAsBefore) await saveTicked(tx, report, { tickedAt, nextTickAt: next });
    return { done, isMoved: false };
  });

const doTick = async (tx: Tx, deps: Deps, report: ReportRow, tick: Tick, now: Date): Promise<ReportRow> => {
  switch (tick) {
    case "wait_ended":
      return endWaiting(tx, deps, report, now);
    case "taking_ended":
      return endTaking(tx, deps, report, now);
    case "more_invited":
    case "last_invited":
      return inviteMore(tx, deps, report, now);
    case "quorum":
    case "window_ended":
      return tallyVotes(tx, deps, report, { act: "end_window", ...BY_CLOCK }, now);
    case "moderation_late":
    case "moderation_escalated":
    case "reply_reminder":
    case "repair_ended":
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
  const endsAt = report.status === "rejected" ? repairUntil(city, report.statusAt) : report.dueAt;
  if (endsAt === null) throw new Error(`Report ${report.id} has no date that could pass`);
  const lastDay = lastDayOf(city, endsAt);
  const due = lastDay.toString();
  // An answer that was returned comes back to the date it had: whoever was told that it passed need not be told again.
  if (await hasTold(tx, report.id, tick, due)) return;
  if (tick === "overdue") {
    const escalatesOn = addWorkingDays(city.calendar, lastDay, OVERDUE_ESCALATION_DAYS).date.toString();
    await record(tx, deps, { report, ...BY_CLOCK, kind: tick, data: { due, escalatesOn } }, now);
  } else await record(tx, deps, { report, ...BY_CLOCK, kind: tick, data: { due } }, now);
};

/** Whoever took it to read it in peace has had their minutes: the cards of the others offer it again. */
const endTaking = async (tx: Tx, deps: Deps, taken: ReportRow, now: Date): Promise<ReportRow> => {
  const report = await freeTaken(tx, taken);
  await record(tx, deps, { report, ...BY_CLOCK, kind: "released", data: {} }, now);
  return report;
};

/** Neighbours who had been asked twice on the day of publication may be asked today. */
const inviteMore = async (tx: Tx, deps: Deps, report: ReportRow, now: Date): Promise<ReportRow> => {
  const invited = await inviteVolunteers(tx, deps, report, now);
  if (invited !== null) await record(tx, deps, invited, now);
  return report;
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
