/** What the city's channel says of a report: the answer, the dates promised and kept, how it went on. Nobody who took part is in it. */
import { z } from "zod";
import { shorten } from "../city/text.ts";
import { lastDayOf } from "../report/due.ts";
import type { PublicKind } from "../report/answer.ts";
import { POST_KINDS, type PostKind } from "../report/post.ts";
import { publicPlaceOf } from "../report/public-place.ts";
import type { Outcome, Status } from "../report/status.ts";
import type { ConfirmedBy } from "../report/verdict.ts";
import { dayInWords, type Reading } from "./dates.ts";
import { cityDate } from "../city/city-time.ts";
import type { OutMessage, Picture } from "./message.ts";
import { agencyName, placeInWords, topicTitle } from "./report-words.ts";
import { lines, paragraphs, rich } from "./rich.ts";

/** The kind of the notice that has a channel look at a report. */
export const CHANNEL_POST = "channel_post";

/** What such a notice keeps: the cycle, and the post that may be new, if any. */
export const PostParams = z.object({ cycle: z.int(), fresh: z.enum(POST_KINDS).nullable() });

/** What a post is made of, as the report stands now. */
export type PostView = {
  id: number;
  status: Status;
  outcome: Outcome | null;
  /** The report's cycle, which may have gone on since the post's. */
  cycle: number;
  topicId: string;
  lat: number | null;
  lon: number | null;
  address: string | null;
  dueAt: Date | null;
  handlingDueAt: Date | null;
  firstDueAt: Date | null;
  postponements: number;
  /** The published answer of the post's cycle. */
  answer: { kind: PublicKind; agencyId: string; words: string; sentAt: Date; isInTime: boolean };
  /** Who confirmed it in the post's cycle, in numbers; null while it is not known or was not. */
  confirmedBy: ConfirmedBy | null;
};

/** So much of an agency's words, so that everything else fits below a picture. */
const WORDS = 400;

/** The words of a post of this kind and cycle. `link`: the report's page, where there is one. */
export const renderPost = (
  reading: Reading,
  { kind, cycle }: { kind: PostKind; cycle: number },
  view: PostView,
  link: string | null,
): OutMessage["text"] => {
  const { i18n, locale, city } = reading;
  const { answer } = view;
  const { place, address } = publicPlaceOf(city, view);
  const names = { number: String(view.id), topic: topicTitle(reading, view.topicId) };
  const where = placeInWords(reading, { address, lat: place?.lat ?? null, lon: place?.lon ?? null });
  return paragraphs(
    lines(
      rich(i18n, locale, kind === "confirmed" ? "channel:head.confirmed" : `channel:head.${answer.kind}`, names),
      rich(i18n, locale, "channel:place", { place: where }),
    ),
    rich(i18n, locale, "channel:said", {
      agency: agencyName(reading, answer.agencyId),
      words: shorten(answer.words, WORDS),
    }),
    lines(
      promiseOf(reading, cycle, view),
      rich(i18n, locale, answer.isInTime ? "channel:kept" : "channel:late", {
        date: dayInWords(reading, cityDate(city, answer.sentAt)),
      }),
    ),
    lines(stateOf(reading, { kind, cycle }, view)),
    link === null ? null : rich(i18n, locale, "channel:link", { link }),
  );
};

/** The pictures of a post: ours, so that Telegram is told nothing of how they reached us. */
export const toPictures = (storedAs: readonly string[]): Picture[] =>
  storedAs.map((name) => ({ kind: "own", storedAs: name }));

/** What is said instead of a post that is taken back: nothing. */
export const TAKEN_BACK: OutMessage = { text: lines() };

/** A cycle that is over has no date any more that could be compared: the report's is the present one's. */
const promiseOf = (reading: Reading, cycle: number, view: PostView) => {
  const { handlingDueAt, firstDueAt, postponements } = view;
  if (handlingDueAt === null || cycle !== view.cycle) return null;
  const { i18n, locale, city } = reading;
  const date = dayInWords(reading, lastDayOf(city, handlingDueAt));
  return postponements === 0 || firstDueAt === null
    ? rich(i18n, locale, "channel:promised", { date })
    : rich(i18n, locale, "channel:promised_first", { date, first: dayInWords(reading, lastDayOf(city, firstDueAt)) });
};

const stateOf = (reading: Reading, { kind, cycle }: { kind: PostKind; cycle: number }, view: PostView) => {
  const { i18n, locale, city } = reading;
  const isConfirmed = cycle === view.cycle && view.outcome === "confirmed";
  if (kind === "confirmed") {
    return isConfirmed ? byOf(reading, view) : rich(i18n, locale, "channel:no_longer");
  }
  if (cycle !== view.cycle) return rich(i18n, locale, "channel:state.reopened");
  const date = view.dueAt === null ? "" : dayInWords(reading, lastDayOf(city, view.dueAt));
  switch (view.status) {
    case "published":
    case "disputed":
      return rich(i18n, locale, `channel:state.${view.status}`, { date });
    case "closed":
      return view.outcome === null ? null : rich(i18n, locale, `channel:state.${view.outcome}`);
    case "submitted":
    case "needs_info":
    case "rejected":
    case "merged":
    case "withdrawn":
    case "assigned":
    case "planned":
    case "answered":
      return null;
  }
};

/** «Подтвердили автор и ещё 2 человека.»; nothing where a decision and no vote confirmed it. */
const byOf = ({ i18n, locale }: Reading, { confirmedBy }: PostView) => {
  const { author, others } = confirmedBy ?? { author: false, others: 0 };
  if (others === 0) return author ? rich(i18n, locale, "channel:by_author") : null;
  return rich(i18n, locale, author ? "channel:by_both" : "channel:by_others", { count: others });
};
