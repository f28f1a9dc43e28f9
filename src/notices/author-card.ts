/** The author's one card of a report: how it stands, rewritten as things change. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { cityDate } from "../city/city-time.ts";
import type { Key } from "../i18n/keys.ts";
import { lastDayOf } from "../report/due.ts";
import { isShown, type Status, type STATUSES } from "../report/status.ts";
import { authorButtons } from "./author-buttons.ts";
import { dayInWords, type Reading } from "./dates.ts";
import { daysLeftInWords } from "./days-left.ts";
import type { OutMessage } from "./message.ts";
import { returnLine } from "./moderation-notices.ts";
import {
  agencyName,
  mapUrl,
  placeInWords,
  publiclySeen,
  rejectionInWords,
  topicTitle,
  withoutExactPoint,
} from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

const ICONS: Record<Status, string> = {
  submitted: "🕓",
  needs_info: "❓",
  rejected: "✖️",
  merged: "🔗",
  withdrawn: "▫️",
  assigned: "🔧",
  planned: "📅",
  answered: "📝",
  published: "📣",
  disputed: "🔍",
  closed: "✅",
};

/** Number, status, topic, place, and what is promised or why not. */
export const renderAuthorCard = (reading: Reading, report: ReportView): OutMessage => ({
  about: report.id,
  buttons: authorButtons(reading, report),
  text: paragraphs(
    standingOf(reading, report, promiseOf(reading, report)),
    report.publicText === null
      ? null
      : rich(reading.i18n, reading.locale, "moderation:card.edited", { text: report.publicText }),
  ),
});

/** The same for anybody else who asks for a public report: it does not speak to them as to its author. */
export const renderCardForOthers = (reading: Reading, report: ReportView): FormattedString =>
  standingOf(reading, publiclySeen(reading, report), promiseToOthers(reading, report));

const standingOf = (reading: Reading, report: ReportView, promise: FormattedString | null): FormattedString => {
  const { i18n, locale } = reading;
  const head = rich(i18n, locale, "notices:author.head", {
    icon: ICONS[report.status],
    number: String(report.id),
    status: i18n.t(locale, `notices:status.${report.status}`),
  });
  return paragraphs(
    lines(head, topicTitle(reading, report.topicId), placeOf(reading, report)),
    lines(promise, firstDateOf(reading, report)),
    answerOf(reading, report),
  );
};

const promiseToOthers = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const { status, dueAt, mergedIntoId } = report;
  if (status === "needs_info" && dueAt !== null) {
    return rich(i18n, locale, "report-page:next.author", { date: dayInWords(reading, lastDayOf(city, dueAt)) });
  }
  if (status === "merged" && mergedIntoId !== null) {
    return rich(i18n, locale, "moderation:card.mergedForOthers", { original: String(mergedIntoId) });
  }
  return promiseOf(reading, report);
};

/** People know streets and houses; a point without them they see on a map. */
const placeOf = (reading: Reading, report: ReportView) => {
  const { i18n, locale } = reading;
  const seen = withoutExactPoint(reading, report);
  const map = report.address === null ? mapUrl(seen) : null;
  return map === null
    ? rich(i18n, locale, "check:place", { place: placeInWords(reading, seen) })
    : rich(i18n, locale, "notices:author.point", { map });
};

/** A date that was moved stays in sight, whatever has come since: an agency's question, too. */
const firstDateOf = (reading: Reading, { status, agencyId, postponements, firstDueAt }: ReportView) => {
  const isWithAgency = isShown({ status, returnsTo: agencyId === null ? null : "assigned" });
  if (postponements === 0 || firstDueAt === null || !isWithAgency) return null;
  const date = dayInWords(reading, lastDayOf(reading.city, firstDueAt));
  return rich(reading.i18n, reading.locale, "notices:author.firstDate", { date, count: postponements });
};

/** What is being judged, or was: whoever comes to the report later reads it, too. */
const answerOf = (reading: Reading, { status, check }: ReportView) => {
  const said = check?.answer ?? null;
  if (said === null || (status !== "published" && status !== "disputed" && status !== "closed")) return null;
  const answer = { agency: agencyName(reading, said.agencyId), words: said.words };
  return rich(reading.i18n, reading.locale, "check:answer.said", answer);
};

/** Who owes the next step and until when, and once that is past, that it is late; where nobody does, how it ended. */
const promiseOf = (reading: Reading, report: ReportView) => {
  const { i18n, locale } = reading;
  const { dueAt, decision, mergedIntoId, outcome } = report;
  switch (report.status) {
    case "submitted":
    case "needs_info":
    case "assigned":
    case "planned":
    case "answered":
    case "published":
    case "disputed":
      return dueAt === null ? null : owedInWords(reading, report, report.status, dueAt);
    case "rejected": {
      if (decision?.kind !== "rejected") return null;
      const reason = rejectionInWords(reading, decision.data).title;
      return lines(rich(i18n, locale, "notices:author.rejected", { reason }), returnLine(reading, report));
    }
    case "merged": {
      const original = String(mergedIntoId);
      return mergedIntoId === null ? null : rich(i18n, locale, "moderation:card.merged", { original });
    }
    case "closed":
      return outcome === null ? null : rich(i18n, locale, `check:card.closed_${outcome}`);
    case "withdrawn":
      return null;
  }
};

type Owed = { [Name in Status]: (typeof STATUSES)[Name]["owes"] extends null ? never : Name }[Status];

const owedInWords = (reading: Reading, report: ReportView, status: Owed, dueAt: Date) => {
  const { i18n, locale, city, now } = reading;
  const isLate = dueAt <= now;
  const agency = report.agencyId === null ? "" : agencyName(reading, report.agencyId);
  const words = { agency, date: dayInWords(reading, lastDayOf(city, dueAt)) };
  const say = (key: Key) => rich(i18n, locale, key, words);
  switch (status) {
    case "submitted":
      return say(isLate ? "notices:author.received_late" : "notices:author.received");
    case "needs_info":
      return say("moderation:card.waits");
    case "assigned":
    case "planned":
      return isLate ? say("clock:overdue.card") : lines(say("notices:author.assigned"), leftInWords(reading, dueAt));
    case "answered":
      return lines(answeredInWords(reading, report), say(isLate ? "check:card.checked_late" : "check:card.checked"));
    case "published":
      return say("check:card.published");
    case "disputed":
      return say(isLate ? "check:card.disputed_late" : "check:card.disputed");
  }
};

/** With the day it was counted on: the card is not rewritten every day, and is not to be wrong tomorrow. */
const leftInWords = (reading: Reading, dueAt: Date) => {
  const { i18n, locale, city, now } = reading;
  const today = cityDate(city, now);
  const date = dayInWords(reading, today);
  if (today.equals(lastDayOf(city, dueAt))) return rich(i18n, locale, "notices:author.lastDay", { date });
  return rich(i18n, locale, "notices:author.left", { date, left: daysLeftInWords(reading, dueAt) });
};

/** Whether the agency kept its own date, which is not the one of whoever checks its answer. */
const answeredInWords = (reading: Reading, { agencyId, answer, handlingDueAt }: ReportView) => {
  if (agencyId === null || answer === null || handlingDueAt === null) return null;
  const { i18n, locale, city } = reading;
  return rich(i18n, locale, answer.sentAt < handlingDueAt ? "check:card.in_time" : "check:card.late", {
    agency: agencyName(reading, agencyId),
    date: dayInWords(reading, lastDayOf(city, handlingDueAt)),
  });
};
