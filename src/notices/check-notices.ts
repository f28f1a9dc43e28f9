/** What is said from a published answer to the end of its check. Nothing here tells of a vote before the report is closed. */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { toInstant } from "../city/instant.ts";
import { DESKS, type Desk } from "../report/dispute.ts";
import { lastDayOf, verificationDue } from "../report/due.ts";
import type { EventData } from "../report/event.ts";
import { OUTCOMES } from "../report/status.ts";
import { DueParams } from "./date-story.ts";
import { dayInWords, explainDue, type Reading } from "./dates.ts";
import type { Button, OutMessage } from "./message.ts";
import { agencyName, mapUrl, placeInWords, publiclySeen, topicTitle } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

type Answer = NonNullable<NonNullable<ReportView["check"]>["answer"]>;

const DisputedParams = z.object({ desk: z.enum(DESKS), isContest: z.boolean(), due: DueParams });
const ReopenedParams = z.object({ cycle: z.int(), agencyId: z.string(), reason: z.string(), due: DueParams });
const ClosedParams = z.object({
  outcome: z.enum(OUTCOMES),
  by: z.object({ author: z.boolean(), others: z.int() }),
  reason: z.string().nullable(),
});

/** To whoever has a vote from the start: the answer, its photos, and the two buttons. */
export const answerPublished = (reading: Reading, report: ReportView): OutMessage => {
  const answer = answerOf(report);
  const key = answer.kind === "fixed" ? "check:answer.look" : "check:answer.agree";
  const date = windowInWords(reading, report);
  return {
    text: paragraphs(answerInWords(reading, report, answer), rich(reading.i18n, reading.locale, key, { date })),
    ...picturesOf(answer.photos),
    buttons: checkButtons(reading, report),
  };
};

/** To followers who joined after the answer: the same without a vote. */
export const answerFollowed = (reading: Reading, report: ReportView): OutMessage => {
  const answer = answerOf(report);
  const late = rich(reading.i18n, reading.locale, "check:answer.late");
  return { text: paragraphs(answerInWords(reading, report, answer), late), ...picturesOf(answer.photos) };
};

/** To a volunteer: place, topic and the answer's photos, and nothing else of the report. */
export const checkInvited = (reading: Reading, report: ReportView): OutMessage => {
  const { i18n, locale } = reading;
  const seen = publiclySeen(reading, report);
  const map = mapUrl(seen);
  const place = placeInWords(reading, seen);
  return {
    text: paragraphs(
      lines(
        rich(i18n, locale, "check:invited.head"),
        rich(i18n, locale, "check:invited.what", { topic: topicTitle(reading, report.topicId) }),
        map === null
          ? rich(i18n, locale, "check:place", { place })
          : rich(i18n, locale, "check:placeOnMap", { place, map }),
      ),
      rich(i18n, locale, "check:invited.how", { date: windowInWords(reading, report) }),
    ),
    ...picturesOf(answerOf(report).photos),
    buttons: [
      ...checkButtons(reading, report),
      [{ label: i18n.t(locale, "check:button.no_more"), act: { kind: "go", to: "volunteer-stop" } }],
    ],
  };
};

/** «Устранено» and «Не устранено»; the cycle goes with them, so that nobody votes on another answer than they saw. */
export const checkButtons = (
  { i18n, locale }: Reading,
  report: Pick<ReportView, "id" | "version" | "cycle" | "check">,
): Button[][] => {
  const isFixed = report.check?.answer?.kind !== "cannot_fix";
  const act = { kind: "report", reportId: report.id, version: report.version, option: String(report.cycle) } as const;
  return [
    [
      {
        label: i18n.t(locale, isFixed ? "check:button.confirm" : "check:button.agree"),
        act: { ...act, act: "confirm" },
      },
      {
        label: i18n.t(locale, isFixed ? "check:button.refute" : "check:button.disagree"),
        act: { ...act, act: "refute" },
      },
    ],
  ];
};

/** To author and followers: what happens next and until when, and not who disagreed. */
export const disputed = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { desk, isContest, due } = DisputedParams.parse(params);
  const { i18n, locale } = reading;
  return {
    text: lines(
      rich(i18n, locale, isContest ? "check:disputed.contested" : "check:disputed.head", namesOf(reading, report)),
      rich(i18n, locale, "check:disputed.next", { who: deskInWords(reading, desk), date: dayInWords(reading, due.to) }),
    ),
  };
};

/** The same to the agency. */
export const disputedForOfficers = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { desk, due } = DisputedParams.parse(params);
  const words = { who: deskInWords(reading, desk), date: dayInWords(reading, due.to) };
  return {
    text: rich(reading.i18n, reading.locale, "check:disputed.officers", { ...namesOf(reading, report), ...words }),
  };
};

/** To author and followers: why, who has it, and the new date. */
export const reopened = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { agencyId, reason, due } = ReopenedParams.parse(params);
  const { i18n, locale } = reading;
  const agency = agencyName(reading, agencyId);
  return {
    text: lines(
      rich(i18n, locale, "check:reopened.head", namesOf(reading, report)),
      rich(i18n, locale, "check:reopened.reason", { reason }),
      rich(i18n, locale, "check:reopened.due", { agency, date: dayInWords(reading, due.to) }),
      rich(i18n, locale, "notices:assigned.why", { explanation: explainDue(reading, due) }),
    ),
    ...picturesOf(report.check?.verdictPhotos ?? []),
  };
};

/** The same to the agency. */
export const reopenedForOfficers = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { cycle, reason, due } = ReopenedParams.parse(params);
  const { i18n, locale } = reading;
  const words = { ...namesOf(reading, report), cycle, date: dayInWords(reading, due.to) };
  return {
    text: lines(
      rich(i18n, locale, "check:reopened.officers", words),
      rich(i18n, locale, "check:reopened.reason", { reason }),
    ),
    ...picturesOf(report.check?.verdictPhotos ?? []),
  };
};

/** To the author: how it ended, and until when they may contest that. */
export const closed = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { i18n, locale, city, now } = reading;
  const until = report.publishedAt && verificationDue(city, report.publishedAt);
  const text = closedInWords(reading, report, params);
  const isOver = until === null || Temporal.Instant.compare(toInstant(now), Temporal.Instant.from(until.dueAt)) >= 0;
  if (isOver) return text;
  const date = dayInWords(reading, until.to);
  return {
    ...text,
    text: paragraphs(text.text, rich(i18n, locale, "check:closed.contest", { date })),
    buttons: [[{ label: i18n.t(locale, "check:button.contest"), act: reportAct(report, "contest") }]],
  };
};

/** The same to followers, who cannot. */
export const closedForFollowers = (reading: Reading, report: ReportView, params: unknown): OutMessage =>
  closedInWords(reading, report, params);

/** And to the agency, with what the decision on a dispute showed. */
export const closedForOfficers = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { outcome, reason } = ClosedParams.parse(params);
  const { i18n, locale } = reading;
  return {
    text: lines(
      rich(i18n, locale, `check:closed.officers_${outcome}`, namesOf(reading, report)),
      reason === null ? null : rich(i18n, locale, "check:closed.reason", { reason }),
    ),
    ...(reason !== null && picturesOf(report.check?.verdictPhotos ?? [])),
  };
};

const closedInWords = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { outcome, by, reason } = ClosedParams.parse(params);
  const { i18n, locale } = reading;
  return {
    text: lines(
      rich(i18n, locale, `check:closed.${outcome}`, { ...namesOf(reading, report), by: byInWords(reading, by) }),
      outcome === "not_fixable" && reason === null ? rich(i18n, locale, "check:closed.undisputed") : null,
      reason === null ? null : rich(i18n, locale, "check:closed.reason", { reason }),
    ),
    ...(reason !== null && picturesOf(report.check?.verdictPhotos ?? [])),
  };
};

/** «Подтвердили автор и ещё 2 человека.» */
const byInWords = (
  { i18n, locale }: Pick<Reading, "i18n" | "locale">,
  { author, others }: { author: boolean; others: number },
): string => {
  if (author && others === 0) return i18n.t(locale, "check:closed.by_author");
  return i18n.t(locale, author ? "check:closed.by_both" : "check:closed.by_others", { count: others });
};

/** «закрыто: устранение подтверждено», with the reason of whoever decided; a line of a history. */
export const closingInWords = (
  { i18n, locale }: Pick<Reading, "i18n" | "locale">,
  { outcome, reason }: EventData["closed"],
): string => {
  const words = { outcome: i18n.t(locale, `check:outcome.${outcome}`) };
  return reason === null
    ? i18n.t(locale, "check:event.closed", words)
    : i18n.t(locale, "check:event.closed_reason", { ...words, reason });
};

/** «Решит инспектор» */
export const deskInWords = ({ i18n, locale }: Pick<Reading, "i18n" | "locale">, desk: Desk): string =>
  i18n.t(locale, `check:who.${desk}`);

const answerInWords = (reading: Reading, report: ReportView, { kind, agencyId, words }: Answer) => {
  const { i18n, locale } = reading;
  const agency = agencyName(reading, agencyId);
  return lines(
    rich(i18n, locale, `check:answer.${kind}`, namesOf(reading, report)),
    rich(i18n, locale, "check:answer.said", { agency, words }),
  );
};

const answerOf = ({ id, check }: ReportView): Answer => {
  if (!check?.answer) throw new Error(`Report ${id} has no published answer`);
  return check.answer;
};

const windowInWords = (reading: Reading, { id, dueAt }: ReportView): string => {
  if (dueAt === null) throw new Error(`Report ${id} is not being checked`);
  return dayInWords(reading, lastDayOf(reading.city, dueAt));
};

const namesOf = (reading: Reading, report: ReportView) => ({
  number: String(report.id),
  topic: topicTitle(reading, report.topicId),
  place: placeInWords(reading, publiclySeen(reading, report)),
});

const reportAct = ({ id, version }: ReportView, act: string) =>
  ({ kind: "report", act, reportId: id, version }) as const;

const picturesOf = (photos: NonNullable<OutMessage["photos"]>) => (photos.length > 0 ? { photos } : {});
