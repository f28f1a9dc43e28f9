/** What a resident has filed: the list, and a card with everything that has happened to it. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { logRefusal } from "../../actions/claim-act.ts";
import { muteReport } from "../../actions/mute-report.ts";
import { shorten } from "../../city/text.ts";
import { renderAuthorCard, renderCardForOthers } from "../../notices/author-card.ts";
import { authorButtons } from "../../notices/author-buttons.ts";
import { explainDates } from "../../notices/date-story.ts";
import { momentInWords } from "../../notices/dates.ts";
import { withoutTakenBack } from "../../notices/public-log.ts";
import type { ReportView } from "../../notices/report-view.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { topicTitle } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { isShown, STATUSES } from "../../report/status.ts";
import { isMuted } from "../../store/queries/habits.ts";
import { findAuthor } from "../../store/queries/author.ts";
import { isFollowing, listFollowed } from "../../store/queries/followers.ts";
import { listHistory } from "../../store/queries/history.ts";
import { listOwnReports } from "../../store/queries/own-reports.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { historyInWords, publicHistoryInWords } from "./history.ts";
import { menuKeyboard } from "./keyboards.ts";

const PAGE_SIZE = 6;
/** A label beyond this is cut by phones. */
const LABEL_CHARACTERS = 40;

/** The list of what they filed, newest first; pages turn in place. */
export const showOwnReports = async (ctx: BotContext, page: number): Promise<void> => {
  const message = await renderOwnReports(ctx, page);
  if (ctx.callbackQuery === undefined) await ctx.say(message);
  else await ctx.change(message);
};

const renderOwnReports = async (ctx: BotContext, page: number): Promise<OutMessage> => {
  const { reports, isLast } = await listOwnReports(ctx.store.db, ctx.resident.id, { page, size: PAGE_SIZE });
  if (reports.length === 0 && page > 0) return renderOwnReports(ctx, 0);
  const followed = await followedInWords(ctx);
  if (reports.length === 0) {
    return { text: paragraphs(ctx.rich("resident:reports.none"), followed), keyboard: menuKeyboard(ctx) };
  }
  const reading = readingOf(ctx);
  const turn = (label: "newer" | "older", to: number): Button => ({
    label: ctx.t(`resident:reports.${label}`),
    act: { kind: "go", to: "own-reports", option: String(to) },
  });
  const pages = [...(page > 0 ? [turn("newer", page - 1)] : []), ...(isLast ? [] : [turn("older", page + 1)])];
  return {
    text: paragraphs(
      ctx.rich("resident:reports.title"),
      lines(
        ...reports.map(({ id, topicId, status }) =>
          ctx.rich("resident:reports.line", {
            number: String(id),
            topic: topicTitle(reading, topicId),
            status: ctx.t(`notices:status.${status}`),
          }),
        ),
      ),
      followed,
    ),
    buttons: [
      ...reports.map(({ id, topicId }): Button[] => {
        const label = ctx.t("resident:reports.button", { number: String(id), topic: topicTitle(reading, topicId) });
        return [
          { label: shorten(label, LABEL_CHARACTERS), act: { kind: "go", to: "own-report", option: `${id}.${page}` } },
        ];
      }),
      ...(pages.length > 0 ? [pages] : []),
    ],
  };
};

const MOST_FOLLOWED = 20;

/** Below their own, the numbers of what they follow; null when that is nothing. */
const followedInWords = async (ctx: BotContext): Promise<FormattedString | null> => {
  const [newest, ...more] = await listFollowed(ctx.store.db, ctx.resident.id, MOST_FOLLOWED);
  if (newest === undefined) return null;
  const numbers = [newest, ...more].map((id) => ctx.t("resident:reports.number", { number: String(id) })).join(", ");
  return ctx.rich("resident:reports.followed", { numbers, number: String(newest) });
};

/** One report: for its author the card with its history, for others what the public may know. `page` leads back to the list. */
export const showReport = async (ctx: BotContext, id: number, page: number | null): Promise<void> => {
  const message = await renderReport(ctx, id, page);
  if (ctx.callbackQuery === undefined || page === null) await ctx.say(message);
  else await ctx.change(message);
};

/** «Без звука» of a report of theirs, and back; the card shows which it is. */
export const pressMute = async (
  ctx: BotContext,
  { id, page, isMuted: mute }: { id: number; page: number | null; isMuted: boolean },
): Promise<void> => {
  const done = await muteReport(ctx, { residentId: ctx.resident.id, reportId: id, isMuted: mute }, ctx.now());
  if (!done.ok) {
    logRefusal(ctx, { act: "mute", reportId: id, residentId: ctx.resident.id, why: done.why });
    return ctx.toast("resident:old");
  }
  ctx.toast(mute ? "settings:muted.toast" : "settings:muted.toast_off");
  await ctx.change(await renderReport(ctx, id, page));
};

const renderReport = async (ctx: BotContext, id: number, page: number | null): Promise<OutMessage> => {
  const [view, author] = [await findReportView(ctx.store.db, id), await findAuthor(ctx.store.db, id)];
  if (view === null || author === null)
    return { text: ctx.rich("resident:report.unknown", { number: String(id) }), keyboard: menuKeyboard(ctx) };
  const reading = readingOf(ctx);
  const isOwn = author.report.authorId === ctx.resident.id;
  if (!isOwn && !isShown(author.report))
    return {
      text: ctx.rich("resident:report.datesOnly", {
        number: String(id),
        status: ctx.t(`notices:status.${view.status}`),
        date: momentInWords(reading, view.createdAt),
      }),
      keyboard: menuKeyboard(ctx),
    };
  const card = isOwn ? renderAuthorCard(reading, view).text : renderCardForOthers(reading, view);
  const history = await listHistory(ctx.store.db, id);
  const back: Button[][] =
    page === null
      ? []
      : [[{ label: ctx.t("resident:reports.back"), act: { kind: "go", to: "own-reports", option: String(page) } }]];
  const muted = isOwn && (await isMuted(ctx.store.db, ctx.resident.id, id));
  const buttons = [
    ...(isOwn
      ? [...authorButtons(reading, view), ...muteButtons(ctx, view, { muted, page })]
      : [await followButtons(ctx, id)]),
    ...back,
  ];
  const dates = view.dueAt === null ? [] : explainDates(reading, withoutTakenBack(history));
  return {
    about: id,
    text: paragraphs(
      card,
      isOwn ? view.description : (view.publicText ?? view.description),
      muted ? ctx.rich("settings:muted.card") : null,
      dates.length === 0 ? null : lines(ctx.rich("people:card.dates"), ...dates),
      lines(
        ctx.rich("people:history.title"),
        ...(isOwn ? historyInWords(reading, history, view.said) : publicHistoryInWords(reading, history)),
      ),
    ),
    ...(buttons.length > 0 && { buttons }),
  };
};

/** Where nothing more will be said, there is nothing to mute. */
const muteButtons = (
  ctx: BotContext,
  { id, status }: ReportView,
  { muted, page }: { muted: boolean; page: number | null },
): Button[][] => {
  if (!muted && STATUSES[status].owes === null) return [];
  const option = page === null ? String(id) : `${id}.${page}`;
  return [
    [
      {
        label: ctx.t(`settings:button.${muted ? "unmute" : "mute"}`),
        act: { kind: "go", to: muted ? "unmute" : "mute", option },
      },
    ],
  ];
};

/** Somebody else's public report can be followed. */
const followButtons = async (ctx: BotContext, id: number): Promise<Button[]> => {
  const to = (await isFollowing(ctx.store.db, id, ctx.resident.id)) ? "unfollow" : "follow";
  return [{ label: ctx.t(`check:button.${to}`), act: { kind: "go", to, option: String(id) } }];
};
