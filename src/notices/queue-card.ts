/** The editors' card of a report in moderation. */
import { categoryOf } from "../city/category.ts";
import { routeOf } from "../city/routing.ts";
import type { City } from "../city/schema.ts";
import { textIn } from "../city/text.ts";
import { cityTime } from "../city/city-time.ts";
import { lastDayOf } from "../report/due.ts";
import { mentionsPhone } from "../report/mentions-phone.ts";
import { MOST_REPAIRS } from "../report/repair.ts";
import { dayInWords, momentInWords, type Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import {
  agencyName,
  answersInWords,
  districtName,
  mapUrl,
  placeInWords,
  rejectionInWords,
  topicTitle,
} from "./report-words.ts";
import { fitWords } from "./fit-words.ts";
import { queueButtons } from "./queue-buttons.ts";
import type { Decision, ReportView, SaidView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

/** Pictures of one album, which is all that Telegram sends at once. */
const MOST_PHOTOS = 10;

/**
 * The card as it should look now: everything needed to decide and the buttons for it, or, once decided, who did what and no buttons.
 * Buttons: `{ act, option }` does it (`accept` to the agency `option`), `{ act }` alone leads to the choice (another agency, the reasons).
 */
export const renderQueueCard = (reading: Reading, report: ReportView): OutMessage => {
  const { i18n, locale } = reading;
  const suggested = suggestedAgency(reading.city, report);
  const waits = report.status === "submitted";
  const text = fitWords(report, (view) =>
    paragraphs(
      headOf(reading, view),
      lines(topicLine(reading, view), placeLine(reading, view)),
      ...textsOf(reading, view),
      waits && mentionsPhone(view.publicText ?? view.description) ? rich(i18n, locale, "moderation:card.phone") : null,
      lines(...answersInWords(reading, view).map((answer) => rich(i18n, locale, "notices:queue.answer", answer))),
      lines(...view.said.map((said) => saidLine(reading, said))),
      waits ? lines(...view.similar.map((similar) => similarLine(reading, similar))) : null,
      waits && suggested !== null
        ? rich(i18n, locale, "notices:queue.suggested", { agency: agencyName(reading, suggested) })
        : null,
    ),
  );
  const photos = [...report.photos, ...report.said.flatMap((said) => said.photos)].slice(0, MOST_PHOTOS);
  return {
    about: report.id,
    text,
    ...(photos.length > 0 && { photos }),
    buttons: waits ? queueButtons(reading, report, suggested) : [],
  };
};

/** The public text first, where an editor changed it; the resident's own words stay readable below. */
const textsOf = ({ i18n, locale }: Reading, { description, publicText }: ReportView) =>
  publicText === null
    ? [description]
    : [
        rich(i18n, locale, "moderation:card.ownWords", { text: publicText }),
        rich(i18n, locale, "moderation:card.own", { text: description }),
      ];

const saidLine = ({ i18n, locale }: Reading, { kind, words, photos }: SaidView) => {
  const wordless = photos.length > 0 ? "moderation:card.photosOnly" : "people:added.gone";
  const said = { words: words ?? i18n.t(locale, wordless) };
  switch (kind) {
    case "question":
    case "reply":
    case "addition":
    case "appeal":
      return rich(i18n, locale, `moderation:card.${kind}`, said);
    // These have cards of their own.
    case "vote":
    case "verdict":
    case "note":
      return null;
  }
};

/** Enough of a text to tell whether it is the same thing. */
const EXCERPT_CHARACTERS = 80;

const similarLine = ({ i18n, locale }: Reading, { id, meters, description }: ReportView["similar"][number]) => {
  const characters = [...description];
  const words =
    characters.length > EXCERPT_CHARACTERS ? `${characters.slice(0, EXCERPT_CHARACTERS - 1).join("")}…` : description;
  return rich(i18n, locale, "moderation:card.similar", { number: String(id), meters, words });
};

/** The agency that routing names for the report; null when the city has changed since and names none. */
const suggestedAgency = (city: City, { topicId, districtId }: ReportView): string | null =>
  city.routes.get(topicId)?.has(districtId) ? routeOf(city, topicId, districtId) : null;

const headOf = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const number = String(report.id);
  if (report.decision !== null) return decisionOf(reading, report, report.decision);
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
    report.isOnTop ? rich(i18n, locale, "moderation:card.back") : null,
    repairLine(reading, report),
    takenLine(reading, report),
  );
};

/** Whoever reads it again sees what was wrong the first time. */
const repairLine = (reading: Reading, { rejection, repairs, hasAppealed, isOnTop }: ReportView) => {
  if (rejection === null) return null;
  const reason = rejectionInWords(reading, rejection).title;
  const isAppeal = hasAppealed && (isOnTop || repairs === 0);
  const again = isAppeal ? "moderation:card.appealed" : "moderation:card.repaired";
  return rich(reading.i18n, reading.locale, again, { reason, count: repairs, most: MOST_REPAIRS });
};

const takenLine = (reading: Reading, { taken }: ReportView) => {
  const { i18n, locale, city, now } = reading;
  if (taken === null || now >= taken.until) return null;
  return rich(i18n, locale, "moderation:card.taken", {
    who: taken.by ?? i18n.t(locale, "notices:queue.someone"),
    until: cityTime(city, taken.until).toString({ smallestUnit: "minute" }),
  });
};

const decisionOf = (reading: Reading, report: ReportView, decision: Decision) => {
  const { i18n, locale, city } = reading;
  const number = String(report.id);
  const by = rich(i18n, locale, "notices:queue.by", {
    name: decision.by ?? i18n.t(locale, "notices:queue.someone"),
    when: momentInWords(reading, decision.at),
  });
  switch (decision.kind) {
    case "assigned": {
      // Another agency may have it by now, and until another day.
      const agency = agencyName(reading, report.agencyId ?? decision.data.agencyId);
      const day = report.handlingDueAt === null ? decision.data.due.to : lastDayOf(city, report.handlingDueAt);
      return lines(
        rich(i18n, locale, "notices:queue.assigned", { number, agency, date: dayInWords(reading, day) }),
        by,
      );
    }
    case "rejected": {
      const reason = rejectionInWords(reading, decision.data).title;
      return lines(rich(i18n, locale, "notices:queue.rejected", { number, reason }), by);
    }
    case "asked": {
      const date = dayInWords(reading, decision.data.until);
      return lines(rich(i18n, locale, "moderation:card.asked", { number, date }), by);
    }
    case "merged": {
      const original = String(decision.data.originalId);
      return lines(rich(i18n, locale, "moderation:card.mergedInto", { number, original }), by);
    }
  }
};

const topicLine = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const topic = topicTitle(reading, report.topicId);
  const category = categoryOf(city, report.topicId);
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
