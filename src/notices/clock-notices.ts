/** What is said when a date comes near or passes although nobody did anything. */
import type { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { cityDate } from "../city/city-time.ts";
import type { Key } from "../i18n/keys.ts";
import { lastDayOf } from "../report/due.ts";
import { checkButtons } from "./check-notices.ts";
import { dayInWords, type Reading } from "./dates.ts";
import { explainPause, PauseParams } from "./date-story.ts";
import type { OutMessage } from "./message.ts";
import { agencyName, placeInWords, publiclySeen, topicTitle, withoutExactPoint } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

const Day = z.iso.date();
const DueParams = z.object({ due: Day });
const OverdueParams = z.object({ due: Day, escalatesOn: Day });

/** To the author, who was asked something. */
export const replyReminder = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { i18n, locale } = reading;
  const date = dayInWords(reading, DueParams.parse(params).due);
  return {
    text: paragraphs(
      rich(i18n, locale, "clock:reply_reminder.text", { ...wordsOf(reading, report), date }),
      rich(i18n, locale, report.agencyId === null ? "clock:reply_reminder.editor" : "clock:reply_reminder.agency"),
    ),
  };
};

/** To the author: the agency goes on without the reply, and until when. */
export const waitEnded = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { i18n, locale } = reading;
  const pause = PauseParams.parse(params);
  return {
    text: lines(
      rich(i18n, locale, "clock:wait_ended.text", wordsOf(reading, report)),
      rich(i18n, locale, "clock:wait_ended.due", { date: dayInWords(reading, pause.due.to) }),
      explainPause(reading, pause),
    ),
  };
};

/** The same to the agency. */
export const waitEndedForOfficers = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const pause = PauseParams.parse(params);
  const words = { ...wordsOf(reading, report), date: dayInWords(reading, pause.due.to) };
  return {
    text: lines(rich(reading.i18n, reading.locale, "clock:wait_ended.officers", words), explainPause(reading, pause)),
  };
};

/** To the agency: three days, one day before the date, and on its morning. */
export const dueReminder = (reading: Reading, report: ReportView, params: unknown): OutMessage => ({
  text: lines(
    rich(reading.i18n, reading.locale, "clock:due_reminder.text", wordsOf(reading, report)),
    rich(reading.i18n, reading.locale, "clock:due_reminder.due", {
      when: whenInWords(reading, DueParams.parse(params).due),
    }),
  ),
});

/** To the author and followers: the date has passed, and what happens next, or has happened while they slept. */
export const overdue = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { i18n, locale, city, now } = reading;
  const { status, dueAt } = report;
  const isAhead = dueAt !== null && dueAt > now;
  const words = {
    ...wordsOf(reading, report),
    ...missedInWords(reading, params),
    due: dueAt === null ? "" : dayInWords(reading, lastDayOf(city, dueAt)),
  };
  const say = (...keys: readonly Key[]): OutMessage => ({
    text: paragraphs(...keys.map((key) => rich(i18n, locale, key, words))),
  });
  switch (status) {
    case "assigned":
    case "planned":
      return isAhead
        ? say("clock:overdue.missed", "clock:overdue.moved")
        : say("clock:overdue.text", "clock:overdue.next", "clock:overdue.nothing");
    case "needs_info":
      return say("clock:overdue.missed", "clock:overdue.paused");
    case "answered":
      return isAhead ? say("clock:overdue.answered", "clock:overdue.checked") : say("clock:overdue.answered");
    case "published":
    case "disputed":
      return say("clock:overdue.answered");
    // Here nobody is told any more.
    case "submitted":
    case "rejected":
    case "merged":
    case "withdrawn":
    case "closed":
      return say("clock:overdue.missed");
  }
};

/** The same to the agency and its editors. */
export const overdueForStaff = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { i18n, locale } = reading;
  const words = { ...wordsOf(reading, report), ...missedInWords(reading, params) };
  return {
    text: lines(rich(i18n, locale, "clock:overdue.staff", words), rich(i18n, locale, "clock:overdue.known", words)),
  };
};

/** To the agency's head and the admins. */
export const overdueEscalated = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const date = dayInWords(reading, DueParams.parse(params).due);
  return {
    text: rich(reading.i18n, reading.locale, "clock:overdue_escalated.text", { ...wordsOf(reading, report), date }),
  };
};

/** To the admins: an editor or an inspector is late. */
export const lateEscalated = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { i18n, locale } = reading;
  const date = dayInWords(reading, DueParams.parse(params).due);
  const status = i18n.t(locale, `notices:status.${report.status}`);
  return { text: rich(i18n, locale, "clock:late_escalated.text", { ...wordsOf(reading, report), date, status }) };
};

/** To whoever has not said yet whether it is fixed. */
export const checkReminder =
  (which: "until" | "last") =>
  (reading: Reading, report: ReportView, params: unknown): OutMessage => {
    const { i18n, locale } = reading;
    const date = dayInWords(reading, DueParams.parse(params).due);
    return {
      text: lines(
        rich(i18n, locale, "clock:check.reminder", wordsOf(reading, publiclySeen(reading, report))),
        rich(i18n, locale, `clock:check.${which}`, { date }),
      ),
      buttons: checkButtons(reading, report),
    };
  };

/** «сегодня, 13 мая», «завтра, 13 мая», «13 мая, осталось 3 дня»; a day that is past is told with how long ago it was. */
export const whenInWords = (reading: Reading, day: Temporal.PlainDate | string): string => {
  const { i18n, locale, city, now } = reading;
  const date = dayInWords(reading, day);
  const count = cityDate(city, now).until(day).days;
  if (count < 0) return i18n.t(locale, "clock:when.passed", { date, count: -count });
  if (count === 0) return i18n.t(locale, "clock:when.today", { date });
  if (count === 1) return i18n.t(locale, "clock:when.tomorrow", { date });
  return i18n.t(locale, "clock:when.in", { date, count });
};

const missedInWords = (reading: Reading, params: unknown) => {
  const { due, escalatesOn } = OverdueParams.parse(params);
  return { date: dayInWords(reading, due), escalatesOn: dayInWords(reading, escalatesOn) };
};

const wordsOf = (reading: Reading, report: ReportView) => ({
  number: String(report.id),
  topic: topicTitle(reading, report.topicId),
  place: placeInWords(reading, withoutExactPoint(reading, report)),
  agency: report.agencyId === null ? "" : agencyName(reading, report.agencyId),
});
