/** What residents are told when their report's date moves or another agency gets it. */
import { z } from "zod";
import { lastDayOf } from "../report/due.ts";
import { dayInWords, type Reading } from "./dates.ts";
import type { OutMessage } from "./message.ts";
import { agencyName, topicTitle } from "./report-words.ts";
import type { ReportView } from "./report-view.ts";
import { lines, rich } from "./rich.ts";

const Day = z.iso.date();
const PostponedParams = z.object({ agencyId: z.string(), from: Day, to: Day, reason: z.string(), count: z.int() });
const ReroutedParams = z.object({
  to: z.string(),
  reason: z.string(),
  hops: z.int(),
  added: z.object({ days: z.int(), reason: z.string() }).nullable(),
  until: Day,
});

/** To author and followers: from when to when, and why in the agency's words. */
export const postponed = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { i18n, locale, city } = reading;
  const { agencyId, from, to, reason } = PostponedParams.parse(params);
  const first = report.firstDueAt && dayInWords(reading, lastDayOf(city, report.firstDueAt));
  return {
    text: lines(
      rich(i18n, locale, "officer:postponed.head", {
        ...nameOf(reading, report),
        from: dayInWords(reading, from),
        to: dayInWords(reading, to),
      }),
      rich(i18n, locale, "officer:postponed.why", { agency: agencyName(reading, agencyId), reason }),
      first === null ? null : rich(i18n, locale, "officer:postponed.first", { date: first }),
    ),
  };
};

/** To author and followers: who has it now, why, and by when. */
export const rerouted = (reading: Reading, report: ReportView, params: unknown): OutMessage => {
  const { i18n, locale } = reading;
  const { to, reason, hops, added, until } = ReroutedParams.parse(params);
  const date = dayInWords(reading, until);
  return {
    text: lines(
      rich(i18n, locale, "officer:rerouted.head", { ...nameOf(reading, report), agency: agencyName(reading, to) }),
      rich(i18n, locale, "officer:rerouted.why", { reason }),
      added === null
        ? rich(i18n, locale, "officer:rerouted.due", { date })
        : rich(i18n, locale, "officer:rerouted.added", { date, count: added.days, reason: added.reason }),
      rich(i18n, locale, "officer:rerouted.hops", { count: hops }),
    ),
  };
};

const nameOf = (reading: Reading, report: ReportView) => ({
  number: String(report.id),
  topic: topicTitle(reading, report.topicId),
});
