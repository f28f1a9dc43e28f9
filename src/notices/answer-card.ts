/** The editors' card of what an agency said: the answer to check, or the request to decide. */
import { MOST_POSTPONEMENTS, ruleOfAnswer } from "../report/answer.ts";
import { lastDayOf } from "../report/due.ts";
import { actsFrom, type Act } from "../report/status.ts";
import { dayInWords, momentInWords, type Reading } from "./dates.ts";
import { fitWords } from "./fit-words.ts";
import type { Button, OutMessage } from "./message.ts";
import type { AnswerView, ReportView } from "./report-view.ts";
import { agencyName } from "./report-words.ts";
import { lines, paragraphs, rich } from "./rich.ts";
import { placeLine, topicLine } from "./task-card.ts";

/** The card as it should look now: with buttons while the answer waits, else with what became of it. The photos before come first. */
export const renderAnswerCard = (reading: Reading, report: ReportView): OutMessage => {
  const { answer } = report;
  if (answer === null) return { text: settled(reading, report), buttons: [] };
  const photos = [...report.photos, ...answer.photos];
  return {
    text: fitWords(report, (view) =>
      paragraphs(
        lines(headOf(reading, report, answer), topicLine(reading, report), placeLine(reading, report)),
        view.publicText ?? view.description,
        lines(saidBy(reading, answer), view.answer?.words ?? null),
        lines(...factsOf(reading, report, answer)),
        lines(...comparedWords(reading, answer)),
      ),
    ),
    ...(photos.length > 0 && { photos }),
    buttons: answer.state === "waiting" ? buttonsOf(reading, report, answer) : [],
  };
};

const settled = ({ i18n, locale }: Reading, { id, status }: ReportView) =>
  rich(i18n, locale, "officer:check.settled", {
    number: String(id),
    status: i18n.t(locale, `notices:status.${status}`),
  });

const headOf = (reading: Reading, report: ReportView, answer: AnswerView) => {
  switch (answer.state) {
    case "waiting":
      return waitingHead(reading, report, answer);
    case "accepted":
      return acceptedHead(reading, report, answer);
    case "returned": {
      const key = answer.kind === "fixed" || answer.kind === "cannot_fix" ? "returned" : "refused";
      const words = { number: String(report.id), remark: answer.remark ?? "" };
      return rich(reading.i18n, reading.locale, `officer:check.${key}`, words);
    }
    case "replaced":
      return settled(reading, report);
  }
};

const waitingHead = (reading: Reading, report: ReportView, answer: AnswerView) => {
  const { i18n, locale, city, now } = reading;
  const number = String(report.id);
  switch (answer.kind) {
    case "fixed":
    case "cannot_fix": {
      const date = dayInWords(reading, lastDayOf(city, report.dueAt ?? now));
      return rich(i18n, locale, "officer:check.answered", { number, date });
    }
    case "planned": {
      const from = dayInWords(reading, lastDayOf(city, report.handlingDueAt ?? now));
      const to = dayInWords(reading, answer.plannedOn ?? lastDayOf(city, now));
      return rich(i18n, locale, "officer:check.planned", { number, from, to });
    }
    case "not_ours": {
      const words = { from: agencyName(reading, answer.agencyId), to: agencyName(reading, answer.successorId ?? "") };
      return rich(i18n, locale, "officer:check.not_ours", { number, ...words });
    }
    case "question":
      return rich(i18n, locale, "officer:check.question", { number });
  }
};

const acceptedHead = (reading: Reading, report: ReportView, answer: AnswerView) => {
  const { i18n, locale, city } = reading;
  const number = String(report.id);
  switch (answer.kind) {
    case "fixed":
    case "cannot_fix": {
      if (report.status !== "published" || report.dueAt === null) return settled(reading, report);
      const date = dayInWords(reading, lastDayOf(city, report.dueAt));
      return rich(i18n, locale, "officer:check.published", { number, date });
    }
    case "planned":
      return rich(i18n, locale, "officer:check.accepted_planned", {
        number,
        date: answer.plannedOn === null ? "" : dayInWords(reading, answer.plannedOn),
      });
    case "not_ours":
      return rich(i18n, locale, "officer:check.accepted_not_ours", {
        number,
        agency: agencyName(reading, report.agencyId ?? ""),
      });
    case "question":
      return rich(i18n, locale, "officer:check.accepted_question", { number });
  }
};

const saidBy = (reading: Reading, answer: AnswerView) => {
  const { i18n, locale } = reading;
  const words = {
    agency: agencyName(reading, answer.agencyId),
    by: answer.by ?? i18n.t(locale, "officer:check.someone"),
    when: momentInWords(reading, answer.sentAt),
  };
  switch (answer.kind) {
    case "fixed":
    case "cannot_fix":
      return rich(i18n, locale, `officer:check.${answer.kind}_said`, words);
    case "planned":
    case "not_ours":
    case "question":
      return rich(i18n, locale, "officer:check.asked", words);
  }
};

/** What helps to decide: the agency's date, what happened before, and how the pictures in the album stand. */
const factsOf = (reading: Reading, report: ReportView, answer: AnswerView) => {
  const { i18n, locale, city } = reading;
  const due = report.handlingDueAt;
  const isPublic = ruleOfAnswer(answer.kind).acceptedBy === "publish";
  const dateKey = isPublic ? (due !== null && answer.sentAt >= due ? "late" : "in_time") : "clock_runs";
  const counts = { before: report.photos.length, after: answer.photos.length };
  return [
    due === null || answer.state !== "waiting"
      ? null
      : rich(i18n, locale, `officer:check.${dateKey}`, { date: dayInWords(reading, lastDayOf(city, due)) }),
    answer.kind === "planned" && answer.state === "waiting"
      ? rich(i18n, locale, "officer:check.postponements", { count: report.postponements, most: MOST_POSTPONEMENTS })
      : null,
    answer.kind === "not_ours" && answer.state === "waiting" && report.hops > 0
      ? rich(i18n, locale, "officer:check.hops", { count: report.hops })
      : null,
    isPublic ? rich(i18n, locale, counts.after > 0 ? "officer:check.photos" : "officer:check.no_photos", counts) : null,
  ];
};

/** What comparing its photos with earlier ones came to: a picture shown again is for the editor to judge. */
const comparedWords = ({ i18n, locale }: Reading, { state, isComparing, reused }: AnswerView) => [
  ...reused.map(({ reportId, isBefore }) =>
    rich(i18n, locale, isBefore ? "officer:check.reused_before" : "officer:check.reused", { number: String(reportId) }),
  ),
  isComparing && state === "waiting" ? rich(i18n, locale, "officer:check.comparing") : null,
];

/** The editor's acts on what waits, as far as the table allows them here; refusing takes the same right as accepting. */
const buttonsOf = (reading: Reading, report: ReportView, answer: AnswerView): Button[][] => {
  const { acceptedBy } = ruleOfAnswer(answer.kind);
  if (!actsFrom(report.status, "editor").includes(acceptedBy)) return [];
  const press = (act: string, option?: string) =>
    ({
      kind: "report",
      act,
      reportId: report.id,
      version: report.version,
      ...(option !== undefined && { option }),
    }) as const;
  const label = labelOf(reading, answer, acceptedBy);
  const { i18n, locale } = reading;
  const no = answer.kind === "fixed" || answer.kind === "cannot_fix" ? "return" : "refuse";
  const isComparable = acceptedBy === "publish" && report.photos.length > 0 && answer.photos.length > 0;
  const beside = { kind: "go", to: "beside", option: String(report.id) } as const;
  return [
    ...(isComparable ? [[{ label: i18n.t(locale, "officer:check.beside"), act: beside }]] : []),
    [{ label, act: press(`answer-${acceptedBy}`) }],
    ...(answer.kind === "not_ours"
      ? [[{ label: i18n.t(locale, "officer:check.reroute_days"), act: press("answer-days") }]]
      : []),
    [{ label: i18n.t(locale, `officer:check.${no}`), act: press(`answer-${no}`) }],
  ];
};

const labelOf = (reading: Reading, answer: AnswerView, acceptedBy: Act): string => {
  const { i18n, locale } = reading;
  if (acceptedBy === "publish") return i18n.t(locale, "officer:check.publish");
  if (acceptedBy === "ask") return i18n.t(locale, "officer:check.ask");
  if (acceptedBy === "postpone") {
    const date = answer.plannedOn === null ? "" : dayInWords(reading, answer.plannedOn);
    return i18n.t(locale, "officer:check.postpone", { date });
  }
  const agency = agencyName(reading, answer.successorId ?? "", "shortName");
  return i18n.t(locale, "officer:check.reroute", { agency });
};
