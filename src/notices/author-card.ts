/** The author's one card of a report: how it stands, rewritten as things change. */
import { lastDayOf } from "../report/due.ts";
import { isShown, type Status } from "../report/status.ts";
import { authorButtons } from "./author-buttons.ts";
import { dayInWords, type Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import { returnLine } from "./moderation-notices.ts";
import { agencyName, mapUrl, placeInWords, rejectionInWords, topicTitle, withoutExactPoint } from "./report-words.ts";
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
export const renderAuthorCard = (reading: Reading, report: ReportView): OutMessage => {
  const { i18n, locale } = reading;
  const head = rich(i18n, locale, "notices:author.head", {
    icon: ICONS[report.status],
    number: String(report.id),
    status: i18n.t(locale, `notices:status.${report.status}`),
  });
  return {
    about: report.id,
    buttons: authorButtons(reading, report),
    text: paragraphs(
      lines(head, topicTitle(reading, report.topicId), placeOf(reading, report)),
      lines(promiseOf(reading, report), firstDateOf(reading, report)),
      answerOf(reading, report),
      report.publicText === null ? null : rich(i18n, locale, "moderation:card.edited", { text: report.publicText }),
    ),
  };
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

/** A date that was moved stays in sight, whatever has come since. */
const firstDateOf = (reading: Reading, { status, postponements, firstDueAt }: ReportView) => {
  if (postponements === 0 || firstDueAt === null || !isShown({ status, returnsTo: null })) return null;
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

const promiseOf = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const { dueAt, decision } = report;
  const date = dueAt && dayInWords(reading, lastDayOf(city, dueAt));
  if (report.status === "submitted") {
    return date === null ? null : rich(i18n, locale, "notices:author.received", { date });
  }
  if (report.status === "rejected" && decision?.kind === "rejected") {
    const reason = rejectionInWords(reading, decision.data).title;
    return lines(rich(i18n, locale, "notices:author.rejected", { reason }), returnLine(reading, report));
  }
  if (report.status === "needs_info" && date !== null) return rich(i18n, locale, "moderation:card.waits", { date });
  if (report.status === "merged" && report.mergedIntoId !== null) {
    return rich(i18n, locale, "moderation:card.merged", { original: String(report.mergedIntoId) });
  }
  if (report.status === "closed" && report.outcome !== null) {
    return rich(i18n, locale, `check:card.closed_${report.outcome}`);
  }
  if (report.agencyId === null || date === null) return null;
  const agency = agencyName(reading, report.agencyId);
  if (report.status === "published") return rich(i18n, locale, "check:card.published", { agency, date });
  if (report.status === "disputed") return rich(i18n, locale, "check:card.disputed", { agency, date });
  const isMissed =
    (report.status === "assigned" || report.status === "planned") && dueAt !== null && dueAt <= reading.now;
  return rich(i18n, locale, isMissed ? "clock:overdue.card" : "notices:author.assigned", { agency, date });
};
