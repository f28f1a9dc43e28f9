/** What moderation says to a report's author, and to the agency while a question waits. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { cityDate } from "../city/city-time.ts";
import { toDate, toInstant } from "../city/instant.ts";
import { lastDayOf } from "../report/due.ts";
import { MOST_REPAIRS, repairUntil } from "../report/repair.ts";
import { explainPause, PauseParams } from "./date-story.ts";
import { dayInWords, type Reading } from "./dates.ts";
import type { Button, OutMessage } from "./message.ts";
import { placeInWords, topicTitle } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { lines, paragraphs, rich } from "./rich.ts";

const AskedParams = z.object({ additionId: z.int(), until: z.iso.date() });
const RepliedParams = z.object({ additionId: z.int(), pause: PauseParams.nullable() });
const MergedParams = z.object({ originalId: z.int() });
const BannedParams = z.object({ until: z.iso.datetime(), reason: z.string() });

/** To the author: the question, and that simply writing is the reply. */
export const question = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { additionId, until } = AskedParams.parse(params);
  const { i18n, locale } = reading;
  const by = report.agencyId === null ? "moderation:question.editor" : "moderation:question.agency";
  return {
    about: report.id,
    text: paragraphs(
      rich(i18n, locale, by, nameOf(reading, report)),
      report.said.find(({ id }) => id === additionId)?.words ?? null,
      rich(i18n, locale, "moderation:question.how", { date: dayInWords(reading, until) }),
    ),
  };
};

/** To the agency: what the resident replied, and how its date goes on. */
export const replied = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { additionId, pause } = RepliedParams.parse(params);
  const { i18n, locale } = reading;
  const said = report.said.find(({ id }) => id === additionId);
  return {
    about: report.id,
    ...(said !== undefined && said.photos.length > 0 && { photos: said.photos }),
    text: paragraphs(
      rich(i18n, locale, "moderation:replied", nameOf(reading, report)),
      said?.words ?? null,
      pause && lines(explainPause(reading, pause)),
    ),
  };
};

const ofTwo =
  (key: "merged" | "merged_followers" | "unmerged" | "unmerged_followers") =>
  (reading: Reading, report: ReportView, params: unknown): OutMessage => {
    const original = String(MergedParams.parse(params).originalId);
    const words = { ...nameOf(reading, report), original };
    return { about: report.id, text: rich(reading.i18n, reading.locale, `moderation:${key}`, words) };
  };

/** To the author, once: their report goes on as part of another one, which they follow. */
export const merged = ofTwo("merged");

/** The same to whoever follows it: from now on they hear of the other one. */
export const mergedForFollowers = ofTwo("merged_followers");

/** To the author: it stands for itself again. */
export const unmerged = ofTwo("unmerged");

/** The same to whoever follows it. */
export const unmergedForFollowers = ofTwo("unmerged_followers");

/** To whoever was told of a decision that was taken back. */
export const undone = (reading: Reading, report: ReportView): OutMessage => ({
  about: report.id,
  text: lines(
    rich(reading.i18n, reading.locale, "moderation:undone.text", nameOf(reading, report)),
    rich(reading.i18n, reading.locale, "moderation:undone.status", {
      status: reading.i18n.t(reading.locale, `notices:status.${report.status}`),
    }),
  ),
});

/** To a person who may file no reports for a while. */
export const banned = (reading: Reading, _report: ReportView, params: unknown): OutMessage => {
  const { until, reason } = BannedParams.parse(params);
  return { text: banInWords(reading, { until: toDate(Temporal.Instant.from(until)), reason }) };
};

type Ban = { until: Date; reason: string };

/** The last day of a ban and why, for any text that tells them. */
export const banParams = (reading: Reading, { until, reason }: Ban): { date: string; reason: string } => {
  // The ban ends with the day before: the moment itself is free again.
  const lastDay = cityDate(reading.city, toDate(toInstant(until).subtract({ milliseconds: 1 })));
  return { date: dayInWords(reading, lastDay), reason };
};

/** Until when they may bring nothing new, why, and what stays open to them. The reason of somebody who was erased since is not known any more. */
export const banInWords = (reading: Reading, ban: Ban) => {
  const { i18n, locale } = reading;
  const key = ban.reason === "" ? "moderation:banned.again" : "moderation:banned.text";
  return paragraphs(rich(i18n, locale, key, banParams(reading, ban)), rich(i18n, locale, "moderation:banned.stays"));
};

/** To the same person when it is over early. */
export const unbanned = ({ i18n, locale }: Reading): OutMessage => ({
  text: rich(i18n, locale, "moderation:unbanned"),
});

/** What its author may do about a rejection: repair it, and once appeal; nothing once the seven days are over. */
export const returnButtons = (reading: Reading, report: ReportView): Button[][] => {
  const { i18n, locale } = reading;
  const { id, version } = report;
  return waysBack(reading, report).map((act) => [
    { label: i18n.t(locale, `moderation:button.${act}`), act: { kind: "report", act, reportId: id, version } },
  ]);
};

/** Until when it can be corrected or appealed, or that it no longer can. */
export const returnLine = (reading: Reading, report: ReportView): FormattedString => {
  const { i18n, locale, city } = reading;
  const [way, other] = waysBack(reading, report);
  if (way === undefined) return rich(i18n, locale, "moderation:back.none");
  const date = dayInWords(reading, lastDayOf(city, repairUntil(city, report.statusAt)));
  return rich(i18n, locale, `moderation:back.${other === undefined ? way : "both"}`, { date });
};

const waysBack = (
  { city, now }: Reading,
  { status, statusAt, repairs, hasAppealed }: ReportView,
): ("repair" | "appeal")[] => {
  if (status !== "rejected" || now >= repairUntil(city, statusAt)) return [];
  return [...(repairs < MOST_REPAIRS ? (["repair"] as const) : []), ...(hasAppealed ? [] : (["appeal"] as const))];
};

const nameOf = (reading: Reading, report: ReportView) => ({
  number: String(report.id),
  topic: topicTitle(reading, report.topicId),
  place: placeInWords(reading, report),
});
