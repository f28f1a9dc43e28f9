import type { City } from "../city/schema.ts";
import { EMPTY, isUseless } from "../report/erasure.ts";
import { nextTickAt } from "../report/ticks.ts";
import { ruleOfAct, type Act, type Status } from "../report/status.ts";
import { mayBeTakenBack, toBefore } from "../report/take-back.ts";
import type { Tx } from "../store/open.ts";
import type { ReportRow } from "../store/schema/reports.ts";
import { replaceWaitingAnswer } from "../store/writes/answers.ts";
import { replaceReportPhotos } from "../store/writes/photos.ts";
import { saveReport } from "../store/writes/reports.ts";

type Change = Parameters<typeof saveReport>[2];

/**
 * Moves a claimed report along the table: `to` must be one of the act's statuses. The clock of the old status ends, the next moment of the
 * new one is counted, whoever had the card taken lets go of it, and an answer nobody decided is overtaken. What an erased person wrote goes
 * with the last use of it, and then the step cannot be taken back.
 */
export const moveReport = async (
  tx: Tx,
  city: Pick<City, "calendar" | "timeZone">,
  report: ReportRow,
  act: Act,
  to: Status,
  change: Omit<Change, "status" | "statusAt" | "tickedAt" | "nextTickAt" | "before">,
  now: Date,
): Promise<ReportRow> => {
  if (!ruleOfAct(act).to.includes(to)) throw new Error(`${act} does not lead to ${to}`);
  await replaceWaitingAnswer(tx, report.id, now);
  const moved = { ...change, status: to, statusAt: now, tickedAt: null, takenById: null, takenUntil: null };
  const isErased = report.authorId === null && report.clientId === null;
  if (isErased && isUseless({ ...report, ...moved })) {
    await replaceReportPhotos(tx, report.id, []);
    return changeReport(tx, city, report, { ...moved, ...EMPTY }, now);
  }
  return changeReport(tx, city, report, moved, now, { mayBeTakenBack: mayBeTakenBack(act) });
};

/**
 * Changes a claimed report where it stands, counts anew when it has to be looked at, and ends what could have been taken back; how it stood
 * is kept where this change may be taken back itself.
 */
export const changeReport = (
  tx: Tx,
  city: Pick<City, "calendar" | "timeZone">,
  report: ReportRow,
  change: Omit<Change, "nextTickAt" | "before">,
  now: Date,
  how: { mayBeTakenBack: boolean } = { mayBeTakenBack: false },
): Promise<ReportRow> =>
  saveReport(
    tx,
    report,
    {
      ...change,
      before: how.mayBeTakenBack ? toBefore(report, Object.keys(change)) : null,
      nextTickAt: nextTickAt({ ...report, ...change }, city),
    },
    now,
  );
