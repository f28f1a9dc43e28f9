/** Until when and how often a rejected report may come back: repaired by its author, or appealed once. */
import { dueOn, endOf, type DueCity } from "./due.ts";
import type { Status } from "./status.ts";

/** A report is repaired at most so often in its life. */
export const MOST_REPAIRS = 3;

/** The end of the seventh day after the rejection, 24:00 city time. */
export const repairUntil = (city: DueCity, rejectedAt: Date): Date =>
  endOf(dueOn(city, { count: 7, kind: "calendar" }, rejectedAt));

/** `lapsed`: the seven days are over; `no_more`: it was repaired three times, or appealed once. */
export type ReturnFault = { why: "lapsed"; until: Date } | { why: "no_more" };

type Rejected = { status: Status; statusAt: Date; repairs: number; hasAppealed: boolean };

/** Why a rejected report may not be repaired any more; null while it may. */
export const faultOfRepair = (city: DueCity, report: Rejected, now: Date): ReturnFault | null =>
  report.repairs >= MOST_REPAIRS ? { why: "no_more" } : faultOfTime(city, report, now);

/** Why a rejection may not be appealed any more; null while it may. */
export const faultOfAppeal = (city: DueCity, report: Rejected, now: Date): ReturnFault | null =>
  report.hasAppealed ? { why: "no_more" } : faultOfTime(city, report, now);

const faultOfTime = (city: DueCity, { statusAt }: Rejected, now: Date): ReturnFault | null => {
  const until = repairUntil(city, statusAt);
  return now < until ? null : { why: "lapsed", until };
};
