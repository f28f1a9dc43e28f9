/** The card of a disputed report for whoever decides it: what was promised, what is said against it, and the decisions. */
import { z } from "zod";
import { DESKS, LAST_CYCLE, type Desk } from "../report/dispute.ts";
import { lastDayOf } from "../report/due.ts";
import { actsFrom } from "../report/status.ts";
import { dayInWords, type Reading } from "./dates.ts";
import { fitWords } from "./fit-words.ts";
import type { Button, OutMessage } from "./message.ts";
import { agencyName, districtName, mapUrl, placeInWords, topicTitle, withoutExactPoint } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

const Params = z.object({ desk: z.enum(DESKS).optional() });

/** The card as a notice brings or rewrites it; there the photos are those of the answer and of whoever disagrees. */
export const renderDisputeNotice = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { desk = "editors" } = Params.parse(params);
  const card = renderDisputeCard(reading, report, desk);
  const option = String(report.id);
  const more: Button = {
    label: reading.i18n.t(reading.locale, "check:dispute.more"),
    act: { kind: "go", to: "check", option },
  };
  const photos = [...(report.check?.answer?.photos ?? []), ...groundPhotos(report)].slice(0, MOST_PHOTOS);
  return {
    ...card,
    ...(photos.length > 0 && { photos }),
    buttons: report.status === "disputed" ? [...(card.buttons ?? []), [more]] : [],
  };
};

/** Telegram's album holds ten. */
const MOST_PHOTOS = 10;

/** Its words and the buttons of the decisions; none once it is decided. */
export const renderDisputeCard = (reading: Reading, report: ReportView, desk: Desk): OutMessage => {
  const { i18n, locale } = reading;
  return {
    text: fitWords(report, (view) => {
      const answer = view.check?.answer ?? null;
      const grounds = view.check?.grounds ?? [];
      return paragraphs(
        lines(
          headOf(reading, view, desk),
          rich(i18n, locale, "check:dispute.topic", { topic: topicTitle(reading, view.topicId) }),
          placeLine(reading, view),
        ),
        rich(i18n, locale, "check:dispute.author", { words: view.publicText ?? view.description }),
        answer &&
          rich(i18n, locale, "check:dispute.answer", {
            agency: agencyName(reading, answer.agencyId),
            words: answer.words,
          }),
        grounds.length === 0
          ? null
          : lines(
              rich(i18n, locale, "check:dispute.grounds"),
              ...grounds.map(({ words }) =>
                words === null
                  ? rich(i18n, locale, "check:dispute.photo_only")
                  : rich(i18n, locale, "check:dispute.ground", { words }),
              ),
            ),
      );
    }),
    buttons: buttonsOf(reading, report),
  };
};

/** The photos of whoever disagrees, in the order in which they were told. */
export const groundPhotos = ({ check }: ReportView) => (check?.grounds ?? []).flatMap(({ photos }) => photos);

const headOf = (reading: Reading, report: ReportView, desk: Desk) => {
  const { i18n, locale, city } = reading;
  const number = String(report.id);
  if (report.status === "disputed" && report.dueAt !== null) {
    const date = dayInWords(reading, lastDayOf(city, report.dueAt));
    return rich(i18n, locale, `check:dispute.${desk}`, { number, date, cycle: report.cycle });
  }
  if (report.status === "assigned") return rich(i18n, locale, "check:dispute.settled_assigned", { number });
  if (report.status === "closed") return rich(i18n, locale, "check:dispute.settled_closed", { number });
  return rich(i18n, locale, "check:dispute.settled", {
    number,
    status: i18n.t(locale, `notices:status.${report.status}`),
  });
};

const placeLine = (reading: Reading, report: ReportView) => {
  const { i18n, locale } = reading;
  const seen = withoutExactPoint(reading, report);
  const where = { place: placeInWords(reading, seen), district: districtName(reading, report.districtId) };
  const map = mapUrl(seen);
  return map === null
    ? rich(i18n, locale, "check:dispute.place", where)
    : rich(i18n, locale, "check:dispute.placeOnMap", { ...where, map });
};

const buttonsOf = ({ i18n, locale }: Reading, report: ReportView): Button[][] =>
  actsFrom(report.status, "inspector", "admin").flatMap((act) => {
    if (act !== "uphold" && act !== "reopen") return [];
    const base = { kind: "report", reportId: report.id, version: report.version } as const;
    const button: Button = { label: i18n.t(locale, `check:dispute.${act}`), act: { ...base, act } };
    if (act === "reopen" || report.cycle < LAST_CYCLE) return [[button]];
    // After the last cycle the truth may be that nobody will fix it.
    return [[button], [{ label: i18n.t(locale, "check:dispute.give_up"), act: { ...base, act: "give_up" } }]];
  });
