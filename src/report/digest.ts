/** The digests: what is told in a list once a working morning instead of one by one. */
import { Temporal } from "temporal-polyfill";
import { addWorkingDays, isWorkingDay } from "../city/calendar.ts";
import { cityDate, cityMoment, startOfDay } from "../city/city-time.ts";
import { toDate, toInstant } from "../city/instant.ts";
import type { DueCity } from "./due.ts";
import { LATE_ESCALATION_DAYS, MORNING, OVERDUE_ESCALATION_DAYS } from "./ticks.ts";

/**
 * `agency`: to officers; `editors` also hear the disputes they decide; `inspectors`; to admins `troubles`, which cannot wait: what the program
 * does not get done and what nobody reads, and, once a week, `admins`: what others let lie.
 */
export const DIGEST_KINDS = ["agency", "editors", "inspectors", "admins", "troubles"] as const;
export type DigestKind = (typeof DIGEST_KINDS)[number];

/** What is put together at a moment of the morning: the digests of the staff, and the channel's sum of the day before. */
export const MORNING_KINDS = [...DIGEST_KINDS, "channel"] as const;
export type MorningKind = (typeof MORNING_KINDS)[number];

/** Nobody in the channel is at work at nine, and whoever is has read the digests by then. */
const CHANNEL_TIME = Temporal.PlainTime.from("09:30");

/** When the channel is told of a day next: every morning, of the day before. */
export const nextChannelDayAt = (city: Pick<DueCity, "timeZone">, after: Date): Date => {
  const today = cityDate(city, after);
  const thisMorning = cityMoment(city, today, CHANNEL_TIME);
  return after < thisMorning ? thisMorning : cityMoment(city, today.add({ days: 1 }), CHANNEL_TIME);
};

/** How often each is told: every working morning, or that of the first working day of a week. */
const CADENCE: Record<DigestKind, "daily" | "weekly"> = {
  agency: "daily",
  editors: "daily",
  inspectors: "daily",
  admins: "weekly",
  troubles: "daily",
};

/** The morning after the moment at which a digest of the kind is told next: always a working day's, nobody reads it on another. */
export const nextDigestAt = (city: DueCity, kind: DigestKind, after: Date): Date => {
  let next = nextMorning(city, after);
  while (CADENCE[kind] === "weekly" && !isFirstOfWeek(city, next)) next = nextMorning(city, next);
  return next;
};

const nextMorning = (city: DueCity, after: Date): Date => {
  const today = cityDate(city, after);
  const thisMorning = cityMoment(city, today, MORNING);
  if (isWorkingDay(city.calendar, today) && after < thisMorning) return thisMorning;
  return cityMoment(city, addWorkingDays(city.calendar, today, 1).date, MORNING);
};

/** Whether no working day of the same week came before. */
const isFirstOfWeek = (city: DueCity, now: Date): boolean => {
  const today = cityDate(city, now);
  for (let day = today.subtract({ days: 1 }); day.weekOfYear === today.weekOfYear; day = day.subtract({ days: 1 })) {
    if (isWorkingDay(city.calendar, day)) return false;
  }
  return true;
};

/** Whatever was due at or before these moments is in the list by now. */
export type DigestLimits = {
  /** Missed yesterday or earlier; what was missed last night everybody was told of just now. */
  overdueBefore: Date;
  /** An agency so late that the admins hear of it. */
  overdueEscalated: Date;
  /** An editor or inspector so late. */
  lateEscalated: Date;
};

/** The dates that decide what a digest of this moment lists. */
export const digestLimits = (city: DueCity, now: Date): DigestLimits => {
  const today = cityDate(city, now);
  return {
    overdueBefore: startOfDay(city, today),
    overdueEscalated: workingDaysAgo(city, today, OVERDUE_ESCALATION_DAYS),
    lateEscalated: workingDaysAgo(city, today, LATE_ESCALATION_DAYS),
  };
};

/** When each digest, and the channel's sum of a day, is told first by a program that starts at this moment. */
export const firstDigests = (city: DueCity, now: Date): Map<MorningKind, Date> =>
  new Map<MorningKind, Date>([
    ...DIGEST_KINDS.map((kind) => [kind, nextDigestAt(city, kind, now)] as const),
    ["channel", nextChannelDayAt(city, now)],
  ]);

const STUCK_HOURS = 1;

/** The latest date after which so many working days are over: the beginning of the first of them. */
const workingDaysAgo = (city: DueCity, today: Temporal.PlainDate, count: number): Date => {
  let day = today;
  for (let left = count; left > 0;) {
    day = day.subtract({ days: 1 });
    if (isWorkingDay(city.calendar, day)) left -= 1;
  }
  return startOfDay(city, day);
};

/** A report whose moment came before then and is not done: something is wrong with the program. */
export const stuckBefore = (now: Date): Date => toDate(toInstant(now).subtract({ hours: STUCK_HOURS }));
