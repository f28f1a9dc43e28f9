/** Whom an event was told and when, in roles: «сказано: автору 12:03, исполнителям 12:04». */
import type { FormattedString } from "@grammyjs/parse-mode";
import { cityDate } from "../../city/city-time.ts";
import { momentInWords, timeInWords, type Reading } from "../../notices/dates.ts";
import { failureInWords } from "../../notices/failure.ts";
import { isNoticeKind, ruleOf, type NoticeKind, type Whom } from "../../notices/notices.ts";
import { rich } from "../../notices/rich.ts";
import type { HistoryEntry } from "../../store/queries/history.ts";
import type { Told } from "../../store/queries/told.ts";

/** What hearers besides the author are called; `voters` and the like are the author and followers. */
const CALLED = {
  author: "author",
  followers: "followers",
  voters: "followers",
  lateFollowers: "followers",
  volunteers: "volunteers",
  unvoted: "followers",
  editors: "editors",
  cardHolders: "editors",
  misinformed: "misinformed",
  officers: "officers",
  formerOfficers: "officers",
  taker: "officers",
  heads: "heads",
  inspectors: "inspectors",
  admins: "admins",
  judges: "judges",
} as const satisfies Record<Whom, string>;

type Called = (typeof CALLED)[Whom] | "staff";

/** Who was told of this event; null when nobody was, or it is not to be known. */
export const saidTo = (
  reading: Reading,
  event: Pick<HistoryEntry, "at" | "kind">,
  told: readonly Told[],
): FormattedString | null => {
  const { i18n, locale } = reading;
  const parts = told
    .filter(({ eventAt, eventKind }) => eventKind === event.kind && eventAt.getTime() === event.at.getTime())
    .flatMap((one) => (isNoticeKind(one.kind) && isShown(one.kind) ? partOf(reading, one, one.kind) : []));
  if (parts.length === 0) return null;
  // Two notices may tell one person of one event: a card, and what there is to do.
  return rich(i18n, locale, "staff:told.line", { whom: [...new Set(parts)].join(", ") });
};

/** A card rewritten says nothing; and whom a reminder or a dispute was not told would tell who voted, and how. */
const isShown = (kind: NoticeKind): boolean => {
  const { as, to, notToActor, on } = ruleOf(kind);
  return as !== "edit" && to !== "unvoted" && (notToActor !== true || on.includes("closed"));
};

const partOf = (reading: Reading, told: Told, kind: NoticeKind): string => {
  const { i18n, locale } = reading;
  const name = i18n.t(locale, `staff:told.to.${calledOf(kind, told.isAuthors)}`);
  const whom = told.count === 1 ? name : i18n.t(locale, "staff:told.many", { whom: name, size: String(told.count) });
  switch (told.state) {
    case "sent":
      return i18n.t(locale, "staff:told.sent", { whom, time: whenInWords(reading, told.eventAt, told.at) });
    case "waiting":
      return told.at !== null && told.at > reading.now
        ? i18n.t(locale, "staff:told.later", { whom, time: whenInWords(reading, told.eventAt, told.at) })
        : i18n.t(locale, "staff:told.waiting", { whom });
    case "blocked":
      return i18n.t(locale, "staff:told.blocked", { whom });
    case "undeliverable":
      return i18n.t(locale, "staff:told.undeliverable", { whom, reason: failureInWords(reading, told.failure ?? "") });
  }
};

const calledOf = (kind: NoticeKind, isAuthors: boolean): Called => {
  const others = new Set([ruleOf(kind).to].flat().map((whom) => CALLED[whom]));
  const isFor = others.has("author") || others.has("followers") || others.has("misinformed");
  if (isAuthors && isFor) return "author";
  if (others.size > 1) others.delete("author");
  const [only, ...more] = others;
  return only === undefined || more.length > 0 ? "staff" : only;
};

/** The time of day alone where it was the day of the event. */
const whenInWords = (reading: Reading, eventAt: Date, at: Date | null): string => {
  if (at === null) return "";
  const isSameDay = cityDate(reading.city, eventAt).equals(cityDate(reading.city, at));
  return isSameDay ? timeInWords(reading, at) : momentInWords(reading, at);
};
