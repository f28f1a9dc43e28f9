/** The moments at which something happens to a report although nobody acts: reminders, missed dates, windows that close. One table. */
import { Temporal } from "temporal-polyfill";
import { addWorkingDays, workingDayUpTo } from "../city/calendar.ts";
import { cityDate, cityMoment, endOfDay } from "../city/city-time.ts";
import { toDate, toInstant } from "../city/instant.ts";
import { lastDayOf, type DueCity } from "./due.ts";
import { repairUntil } from "./repair.ts";
import { STATUS_NAMES, type Status } from "./status.ts";

/** What a report's moments are counted from. */
export type Ticking = {
  status: Status;
  statusAt: Date;
  dueAt: Date | null;
  publishedAt: Date | null;
  /** Until when an editor keeps it from the others; null while nobody does. */
  takenUntil: Date | null;
  /** The moments of this status up to here are done. */
  tickedAt: Date | null;
};

type TickRule = {
  in: readonly Status[];
  /** Null where the report has no such moment. */
  at: (report: Ticking, city: DueCity) => Date | null;
  /** A reminder that was past when the status began is not told; a missed date is. Nor is one told when more has come to pass since. */
  isReminder?: true;
  /** It does something; all others only say something. */
  acts?: true;
};

/** Reminders come when people get up. */
export const MORNING = Temporal.PlainTime.from("09:00");

const due = ({ dueAt }: Ticking): Date | null => dueAt;

const morningOfDue = ({ dueAt }: Ticking, city: DueCity): Date | null =>
  dueAt && cityMoment(city, lastDayOf(city, dueAt), MORNING);

/** Nobody reads it on a day off, and after the holidays it may be too late to send somebody: then it comes before them. */
const workingMorningBefore =
  (days: number) =>
  ({ dueAt }: Ticking, city: DueCity): Date | null =>
    dueAt && cityMoment(city, workingDayUpTo(city.calendar, lastDayOf(city, dueAt).subtract({ days })), MORNING);

const workingDaysAfterDue =
  (days: number) =>
  ({ dueAt }: Ticking, city: DueCity): Date | null =>
    dueAt && endOfDay(city, addWorkingDays(city.calendar, lastDayOf(city, dueAt), days).date);

const afterStatus =
  (days: number) =>
  ({ statusAt }: Ticking): Date =>
    toDate(toInstant(statusAt).add({ hours: 24 * days }));

const dayAfterPublication =
  (days: number) =>
  ({ publishedAt }: Ticking, city: DueCity): Date | null =>
    publishedAt && cityMoment(city, cityDate(city, publishedAt).add({ days }), MORNING);

/** Two neighbours alone leave the author 48 hours to look for themselves. */
export const authorFirstUntil = (publishedAt: Date): Date => toDate(toInstant(publishedAt).add({ hours: 48 }));

/** So many working days late and the agency's head and the admins hear of it. */
export const OVERDUE_ESCALATION_DAYS = 3;

/** The admins hear of an editor or inspector who is late so many working days after everybody else. */
export const LATE_ESCALATION_DAYS = 1;

/** In the order in which they are done when several are due at once. */
export const TICKS = {
  taking_ended: { in: ["submitted"], at: ({ takenUntil }: Ticking) => takenUntil, acts: true },
  moderation_late: { in: ["submitted"], at: due },
  moderation_escalated: { in: ["submitted"], at: workingDaysAfterDue(LATE_ESCALATION_DAYS) },
  reply_reminder: { in: ["needs_info"], at: afterStatus(1), isReminder: true },
  wait_ended: { in: ["needs_info"], at: due, acts: true },
  repair_ended: {
    in: ["rejected"],
    at: ({ statusAt }: Ticking, city: DueCity) => repairUntil(city, statusAt),
  },
  due_in_three_days: { in: ["assigned", "planned"], at: workingMorningBefore(3), isReminder: true },
  due_tomorrow: { in: ["assigned", "planned"], at: workingMorningBefore(1), isReminder: true },
  due_today: { in: ["assigned", "planned"], at: morningOfDue, isReminder: true },
  overdue: { in: ["assigned", "planned"], at: due },
  overdue_escalated: { in: ["assigned", "planned"], at: workingDaysAfterDue(OVERDUE_ESCALATION_DAYS) },
  answer_check_late: { in: ["answered"], at: due },
  answer_check_escalated: { in: ["answered"], at: workingDaysAfterDue(LATE_ESCALATION_DAYS) },
  more_invited: { in: ["published"], at: dayAfterPublication(1), acts: true },
  last_invited: { in: ["published"], at: dayAfterPublication(2), acts: true },
  quorum: {
    in: ["published"],
    at: ({ publishedAt }: Ticking) => publishedAt && authorFirstUntil(publishedAt),
    acts: true,
  },
  check_reminder: { in: ["published"], at: dayAfterPublication(3), isReminder: true },
  check_last_reminder: { in: ["published"], at: dayAfterPublication(8), isReminder: true },
  window_ended: { in: ["published"], at: due, acts: true },
  inspection_late: { in: ["disputed"], at: due },
  inspection_escalated: { in: ["disputed"], at: workingDaysAfterDue(LATE_ESCALATION_DAYS) },
} as const satisfies Record<string, TickRule>;

export type Tick = keyof typeof TICKS;
const TICK_NAMES = Object.keys(TICKS) as Tick[];
const ruleOf = (tick: Tick): TickRule => TICKS[tick];

/** The moments that only say something; each is an event of the same name. */
export type Telling = { [Name in Tick]: (typeof TICKS)[Name] extends { acts: true } ? never : Name }[Tick];
export const TELLING = TICK_NAMES.filter((tick): tick is Telling => ruleOf(tick).acts !== true);

/** The moments that are still to come in this status, or are due, in order of time. */
const moments = (report: Ticking, city: DueCity): { tick: Tick; at: Date }[] =>
  TICK_NAMES.flatMap((tick) => {
    const rule = ruleOf(tick);
    const at = rule.in.includes(report.status) ? rule.at(report, city) : null;
    if (at === null || (report.tickedAt !== null && at <= report.tickedAt)) return [];
    if (rule.isReminder === true && at <= report.statusAt) return [];
    return [{ tick, at }];
  }).toSorted((a, b) => a.at.getTime() - b.at.getTime());

/** What is due now, oldest first, whether or not it is worth saying any more. */
export const dueTicks = (report: Ticking, city: DueCity, now: Date): { tick: Tick; at: Date }[] =>
  moments(report, city).filter(({ at }) => at <= now);

/** What has to be done of that: a reminder says nothing to somebody who is told something newer in the same breath. */
export const ticksToDo = (ticks: readonly { tick: Tick }[]): Tick[] =>
  ticks.filter(({ tick }, i) => ruleOf(tick).isReminder !== true || i === ticks.length - 1).map(({ tick }) => tick);

/** When the sweep has to look at the report next; null where it waits for nobody. */
export const nextTickAt = (report: Ticking, city: DueCity): Date | null => moments(report, city)[0]?.at ?? null;

/** The statuses in which some moment comes by itself. */
export const TICKING_STATUSES: readonly Status[] = STATUS_NAMES.filter((status) =>
  TICK_NAMES.some((tick) => (TICKS[tick].in as readonly Status[]).includes(status)),
);
