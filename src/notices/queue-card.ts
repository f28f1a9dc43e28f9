/** The editors' card of a report in moderation. */
import { routeOf } from "../city/routing.ts";
import type { City } from "../city/schema.ts";
import { textIn } from "../city/text.ts";
import { lastDayOf } from "../report/due.ts";
import { actsFrom, type Act } from "../report/status.ts";
import { dayInWords, momentInWords, type Reading } from "./dates.ts";
import type { Button, OutMessage } from "./message.ts";
import {
  agencyName,
  answersInWords,
  districtName,
  mapUrl,
  placeInWords,
  rejectionInWords,
  topicTitle,
} from "./report-words.ts";
import type { Decision, ReportView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

/**
 * The card as it should look now: everything needed to decide and the buttons for it, or, once decided, who did what and no buttons.
 * Buttons: `{ act, option }` does it (`accept` to the agency `option`), `{ act }` alone leads to the choice (another agency, the reasons).
 */
export const renderQueueCard = (reading: Reading, report: ReportView): OutMessage => {
  const { i18n, locale } = reading;
  const suggested = suggestedAgency(reading.city, report);
  const waits = report.status === "submitted";
  const text = paragraphs(
    headOf(reading, report),
    lines(topicLine(reading, report), placeLine(reading, report)),
    report.description,
    lines(...answersInWords(reading, report).map((answer) => rich(i18n, locale, "notices:queue.answer", answer))),
    waits && suggested !== null
      ? rich(i18n, locale, "notices:queue.suggested", { agency: agencyName(reading, suggested) })
      : null,
  );
  return {
    about: report.id,
    text,
    ...(report.photos.length > 0 && { photos: report.photos }),
    buttons: actsFrom(report.status, "editor").flatMap((act) => BUTTONS[act]?.({ reading, report, suggested }) ?? []),
  };
};

/** The agency that routing names for the report; null when the city has changed since and names none. */
const suggestedAgency = (city: City, { topicId, districtId }: ReportView): string | null =>
  city.routes.get(topicId)?.has(districtId) ? routeOf(city, topicId, districtId) : null;

const headOf = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const number = String(report.id);
  if (report.decision !== null) return decisionOf(reading, number, report.decision);
  if (report.status !== "submitted") {
    return rich(i18n, locale, "notices:queue.settled", {
      number,
      status: i18n.t(locale, `notices:status.${report.status}`),
    });
  }
  return lines(
    rich(i18n, locale, "notices:queue.new", { number, since: momentInWords(reading, report.createdAt) }),
    report.dueAt &&
      rich(i18n, locale, "notices:queue.until", { date: dayInWords(reading, lastDayOf(city, report.dueAt)) }),
  );
};

const decisionOf = (reading: Reading, number: string, decision: Decision) => {
  const { i18n, locale } = reading;
  const by = rich(i18n, locale, "notices:queue.by", {
    name: decision.by ?? i18n.t(locale, "notices:queue.someone"),
    when: momentInWords(reading, decision.at),
  });
  switch (decision.kind) {
    case "assigned": {
      const { agencyId, due } = decision.data;
      const agency = agencyName(reading, agencyId);
      return lines(
        rich(i18n, locale, "notices:queue.assigned", { number, agency, date: dayInWords(reading, due.to) }),
        by,
      );
    }
    case "rejected": {
      const reason = rejectionInWords(reading, decision.data).title;
      return lines(rich(i18n, locale, "notices:queue.rejected", { number, reason }), by);
    }
  }
};

const topicLine = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const topic = topicTitle(reading, report.topicId);
  const category = city.categories.find(({ id }) => id === city.topics.get(report.topicId)?.categoryId);
  if (!category) return topic;
  return rich(i18n, locale, "notices:queue.topic", {
    icon: category.icon,
    category: textIn(city, category.title, locale),
    topic,
  });
};

const placeLine = (reading: Reading, report: ReportView) => {
  const { i18n, locale } = reading;
  const where = { place: placeInWords(reading, report), district: districtName(reading, report.districtId) };
  const map = mapUrl(report);
  return map === null
    ? rich(i18n, locale, "notices:queue.place", where)
    : rich(i18n, locale, "notices:queue.placeOnMap", { ...where, map });
};

type Shown = { reading: Reading; report: ReportView; suggested: string | null };

/** How an act stands on the card, row by row; an act that is not here needs more than a press and has no button on it. */
const BUTTONS: { readonly [Moderated in Act]?: (shown: Shown) => Button[][] } = {
  accept: ({ reading, report, suggested }) => {
    const { i18n, locale } = reading;
    const act = pressOf("accept", report);
    const other: Button[] = [{ label: i18n.t(locale, "notices:queue.acceptOther"), act }];
    if (suggested === null) return [other];
    const agency = agencyName(reading, suggested, "shortName");
    const label = i18n.t(locale, "notices:queue.accept", { agency });
    return [[{ label, act: { ...act, option: suggested } }], other];
  },
  reject: ({ reading: { i18n, locale }, report }) => [
    [{ label: i18n.t(locale, "notices:queue.reject"), act: pressOf("reject", report) }],
  ],
};

const pressOf = (act: Act, { id, version }: ReportView) => ({ kind: "report", act, reportId: id, version }) as const;
