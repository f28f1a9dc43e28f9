/** The agency's card of a report: what to do, by when, and how to answer. Nothing on it tells who the resident is. */
import { categoryOf } from "../city/category.ts";
import { textIn } from "../city/text.ts";
import { MOST_POSTPONEMENTS } from "../report/answer.ts";
import { lastDayOf } from "../report/due.ts";
import { actsFrom } from "../report/status.ts";
import { daysLeftInWords } from "./days-left.ts";
import { dayInWords, type Reading } from "./dates.ts";
import { fitWords } from "./fit-words.ts";
import type { Button, OutMessage } from "./message.ts";
import type { AnswerView, ReportView, SaidView } from "./report-view.ts";
import { agencyName, answersInWords, mapUrl, placeInWords, topicTitle, withoutExactPoint } from "./report-words.ts";
import { lines, paragraphs, rich } from "./rich.ts";

/** Telegram's album holds ten. */
const MOST_PHOTOS = 10;

/** The card as it should look now. Its buttons are there only while there is something to answer. */
export const renderTaskCard = (reading: Reading, report: ReportView): OutMessage => {
  const { i18n, locale } = reading;
  const isOpen = actsFrom(report.status, "officer").includes("answer");
  // What whoever sent it back has found is what is left to do.
  const found = report.cycle > 1 ? (report.check?.verdictPhotos ?? []) : [];
  const told = saidToAgency(report);
  const photos = [...report.photos, ...found, ...told.flatMap((said) => said.photos)].slice(0, MOST_PHOTOS);
  return {
    text: fitWords(report, (view) =>
      paragraphs(
        lines(headOf(reading, view), ...storyOf(reading, view)),
        lines(topicLine(reading, view), placeLine(reading, view)),
        view.publicText ?? view.description,
        lines(...answersInWords(reading, view).map((answer) => rich(i18n, locale, "notices:queue.answer", answer))),
        lines(...saidToAgency(view).map((said) => saidLine(reading, said))),
        lastWord(reading, view),
        isOpen ? rich(i18n, locale, "officer:card.how") : null,
      ),
    ),
    ...(photos.length > 0 && { photos }),
    buttons: isOpen ? taskButtons(reading, report) : [],
  };
};

/** What is left of the card at an agency whose report it is no longer. */
export const renderGoneTask = (reading: Reading, report: ReportView): OutMessage => ({
  text: lines(
    report.agencyId === null
      ? rich(reading.i18n, reading.locale, "moderation:undone.task", { number: String(report.id) })
      : rich(reading.i18n, reading.locale, "officer:card.gone", {
          number: String(report.id),
          agency: agencyName(reading, report.agencyId),
        }),
    topicLine(reading, report),
  ),
  buttons: [],
});

/** What is left of a card whose report has a newer one in the same chat. */
export const renderMovedTask = (reading: Reading, report: ReportView): OutMessage => ({
  text: lines(
    rich(reading.i18n, reading.locale, "officer:card.moved", { number: String(report.id) }),
    topicLine(reading, report),
  ),
  buttons: [],
});

const taskButtons = ({ i18n, locale }: Reading, { id, version, officer }: ReportView): Button[][] => {
  const button = (label: "take" | "take_over" | "release" | "answer", act: string): Button => ({
    label: i18n.t(locale, `officer:button.${label}`),
    act: { kind: "report", act, reportId: id, version },
  });
  // The same card stands before the whole agency: whose button it is, is seen at the press.
  const hands =
    officer === null
      ? [button("take", "task-take")]
      : [button("take_over", "task-take"), button("release", "task-release")];
  return [hands, [button("answer", "task-answer")]];
};

const headOf = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const number = String(report.id);
  switch (report.status) {
    case "assigned":
    case "planned": {
      const dueAt = report.handlingDueAt ?? report.dueAt ?? reading.now;
      const date = dayInWords(reading, lastDayOf(city, dueAt));
      const left = daysLeftInWords(reading, dueAt);
      return rich(i18n, locale, `officer:card.${report.status}`, { number, date, left });
    }
    case "answered":
    case "needs_info":
      return rich(i18n, locale, `officer:card.${report.status}`, { number });
    case "submitted":
    case "rejected":
    case "merged":
    case "withdrawn":
    case "published":
    case "disputed":
    case "closed": {
      const status = i18n.t(locale, `notices:status.${report.status}`);
      return rich(i18n, locale, "officer:card.settled", { number, status });
    }
  }
};

/** What has come between: cycles, postponements, hops, and who has it in hand. */
const storyOf = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const { cycle, postponements, firstDueAt, hops, officer } = report;
  const first = firstDueAt && dayInWords(reading, lastDayOf(city, firstDueAt));
  return [
    cycle > 1 ? rich(i18n, locale, "officer:card.cycle", { count: cycle }) : null,
    postponements > 0 && first !== null
      ? rich(i18n, locale, "officer:card.first_date", { date: first, count: postponements, most: MOST_POSTPONEMENTS })
      : null,
    hops > 0 ? rich(i18n, locale, "officer:card.hops", { count: hops }) : null,
    officer === null ? null : rich(i18n, locale, "officer:card.in_hand", { name: officer }),
  ];
};

/** The topic with its category. */
export const topicLine = (reading: Reading, report: ReportView) => {
  const { i18n, locale, city } = reading;
  const topic = topicTitle(reading, report.topicId);
  const category = categoryOf(city, report.topicId);
  if (category === undefined) return topic;
  const title = textIn(city, category.title, locale);
  return rich(i18n, locale, "officer:card.topic", { icon: category.icon, category: title, topic });
};

/** The place, with a link to it on a map where a map knows it. */
export const placeLine = (reading: Reading, report: ReportView) => {
  const seen = withoutExactPoint(reading, report);
  const map = mapUrl(seen);
  const place = placeInWords(reading, seen);
  if (map === null) return rich(reading.i18n, reading.locale, "check:place", { place });
  return rich(reading.i18n, reading.locale, "check:placeOnMap", { place, map });
};

type Told = SaidView & { kind: "question" | "reply" | "addition" };

/** Whatever was asked and added since, before the agency had the report, too: the agency that gets it later knows no less. */
const saidToAgency = ({ said }: ReportView): Told[] =>
  said.filter((one): one is Told => {
    switch (one.kind) {
      case "question":
      case "reply":
      case "addition":
        return true;
      // An appeal is between its author and the editors, the others have places of their own.
      case "appeal":
      case "vote":
      case "verdict":
      case "note":
        return false;
    }
  });

const saidLine = ({ i18n, locale }: Reading, { kind, words, photos }: Told) => {
  // Its author was erased.
  if (words === null && photos.length === 0) return null;
  return rich(i18n, locale, `officer:card.said_${kind}`, {
    words: words ?? i18n.t(locale, "moderation:card.photosOnly"),
  });
};

/** What of the agency's last word is still open: a remark, a refusal, or a request that waits; of this agency and cycle only. */
const lastWord = (reading: Reading, { answer, agencyId, cycle, status }: ReportView) => {
  const isTheirs = answer !== null && answer.agencyId === agencyId && answer.cycle === cycle;
  if (!isTheirs || (status !== "assigned" && status !== "planned")) return null;
  switch (answer.state) {
    case "waiting":
      return requestInWords(reading, answer, "waits");
    case "returned":
      return requestInWords(reading, answer, "refused");
    case "accepted":
    case "replaced":
      return null;
  }
};

const requestInWords = (reading: Reading, answer: AnswerView, state: "waits" | "refused") => {
  const { i18n, locale } = reading;
  const params = {
    remark: answer.remark ?? "",
    date: answer.plannedOn === null ? "" : dayInWords(reading, answer.plannedOn),
    agency: answer.successorId === null ? "" : agencyName(reading, answer.successorId),
  };
  switch (answer.kind) {
    case "fixed":
    case "cannot_fix":
      return state === "refused" ? rich(i18n, locale, "officer:card.remark", params) : null;
    case "planned":
    case "not_ours":
    case "question":
      return rich(i18n, locale, `officer:card.${state}_${answer.kind}`, params);
  }
};
