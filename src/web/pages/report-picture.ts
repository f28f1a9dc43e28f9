/** `/r/NUMBER/share.png`: what is seen of a report where its link is shared. */
import { createHash } from "node:crypto";
import type { Context } from "hono";
import { cityDate } from "../../city/city-time.ts";
import { textIn } from "../../city/text.ts";
import { dayInWords } from "../../notices/dates.ts";
import { districtName, topicTitle } from "../../notices/report-words.ts";
import { drawShareCard, type ShareCard } from "../../pictures/share-card.ts";
import { toPng } from "../../pictures/to-png.ts";
import { lastDayOf } from "../../report/due.ts";
import { largeOf } from "../../report/photo.ts";
import type { WebDeps } from "../deps.ts";
import { remembering } from "../remembering.ts";
import type { Frame } from "./frame.ts";
import { isOverdue } from "./parts.ts";
import { addressOf } from "./report-place.ts";
import { standingInWords, toneOfPicture } from "./report-status.ts";
import { pairOf, type ReportPageView } from "./report-view.ts";

/** Messengers keep a picture as they like; to us they may come again after a minute. */
const CACHE_CONTROL = "public, max-age=60";

/** Drawing one costs a tenth of a second; a link that is passed around is asked for by everybody's messenger at once. */
const KEPT = 50;

/** Makes the pictures: drawn once for everybody who asks for the same, and 304 for whoever has it as it still is. */
export const sharePictures = ({
  files,
}: Pick<WebDeps, "files">): ((c: Context, frame: Frame, view: ReportPageView) => Promise<Response>) => {
  // A picture is named by all that is on it, so it never grows old.
  const remember = remembering<Uint8Array<ArrayBuffer>>({ ms: Infinity, most: KEPT });
  const draw = async (card: Card): Promise<Uint8Array<ArrayBuffer>> => {
    const photos = await Promise.all(
      card.photos.map(async ({ storedAs, label }) => ({ label, jpeg: await files.read(largeOf(storedAs)) })),
    );
    const found = photos.flatMap(({ label, jpeg }) => (jpeg === null ? [] : [{ label, jpeg }]));
    return toPng(await drawShareCard({ ...card, photos: found }));
  };
  return async (c, frame, view) => {
    const card = toCard(frame, view);
    const etag = `"${createHash("sha1").update(JSON.stringify(card)).digest("base64url")}"`;
    const headers = { etag, "cache-control": CACHE_CONTROL, vary: "Accept-Language" };
    if (c.req.header("if-none-match") === etag) return c.body(null, 304, headers);
    const png = await remember(etag, () => draw(card));
    return c.body(png, 200, { ...headers, "content-type": "image/png" });
  };
};

type Card = Omit<ShareCard, "photos"> & { photos: readonly { storedAs: string; label: string | null }[] };

/** Status, topic, place, dates and photos in words: everything that is drawn. */
export const toCard = (frame: Frame, view: ReportPageView): Card => {
  const { t, city, locale, now } = frame;
  const { report } = view;
  const district = districtName(frame, report.districtId);
  return {
    brand: `${t("pages:brand")} · ${textIn(city, city.name, locale)}`,
    number: t("report-page:picture.number", { number: String(report.id) }),
    status: standingInWords(frame, report),
    tone: toneOfPicture(report, now),
    topic: topicTitle(frame, report.topicId),
    place: `${addressOf(frame, report)}, ${district}`,
    dates: datesOf(frame, view),
    photos: photosOf(frame, view),
  };
};

const photosOf = ({ t }: Frame, view: ReportPageView): Card["photos"] => {
  const pair = pairOf(view);
  if (pair !== null) {
    return [
      { storedAs: pair.before, label: t("report-page:photos.before") },
      { storedAs: pair.after, label: t("report-page:photos.after") },
    ];
  }
  const [before] = view.before;
  const [after] = view.answers.findLast(({ photos }) => photos.length > 0)?.photos ?? [];
  if (before !== undefined) return [{ storedAs: before, label: null }];
  return after === undefined ? [] : [{ storedAs: after, label: t("report-page:photos.after") }];
};

/** The newest first: there is room for two. */
const datesOf = (frame: Frame, { report, turn }: ReportPageView): string[] => {
  const { t, city, now } = frame;
  const { createdAt, dueAt, answeredAt, status, statusAt } = report;
  const on = (moment: Date): string => dayInWords(frame, cityDate(city, moment));
  const last = (moment: Date): string => dayInWords(frame, lastDayOf(city, moment));
  const isOwed = status === "assigned" || status === "planned";
  return [
    status === "closed" && t("report-page:picture.closed", { date: on(statusAt) }),
    isOverdue(report, now) && dueAt !== null && t("report-page:picture.overdue", { date: last(dueAt) }),
    isOwed &&
      dueAt !== null &&
      dueAt > now &&
      turn.pausedAt === null &&
      t("report-page:picture.due", { date: last(dueAt) }),
    !isOwed && answeredAt !== null && t("report-page:picture.answered", { date: on(answeredAt) }),
    t("report-page:picture.sent", { date: on(createdAt) }),
  ].filter((words) => words !== false);
};
