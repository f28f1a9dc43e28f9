/** What a resident has filed: the list, and a card with everything that has happened to it. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { renderAuthorCard } from "../../notices/author-card.ts";
import { closingInWords } from "../../notices/check-notices.ts";
import { dayInWords, explainDue, momentInWords } from "../../notices/dates.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { agencyName, rejectionInWords, topicTitle } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import type { EventData, EventKind } from "../../report/event.ts";
import { isShown } from "../../report/status.ts";
import { findAuthor } from "../../store/queries/author.ts";
import { isFollowing } from "../../store/queries/followers.ts";
import { listHistory, type HistoryEntry } from "../../store/queries/history.ts";
import { listOwnReports } from "../../store/queries/own-reports.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
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
  if (reports.length === 0) return { text: ctx.rich("resident:reports.none"), keyboard: menuKeyboard(ctx) };
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
    ),
    buttons: [
      ...reports.map(({ id, topicId }): Button[] => {
        const label = ctx.t("resident:reports.button", { number: String(id), topic: topicTitle(reading, topicId) });
        const cut = label.length > LABEL_CHARACTERS ? `${label.slice(0, LABEL_CHARACTERS - 1).trimEnd()}…` : label;
        return [{ label: cut, act: { kind: "go", to: "own-report", option: `${id}.${page}` } }];
      }),
      ...(pages.length > 0 ? [pages] : []),
    ],
  };
};

/** One report: for its author the card with its history, for others what the public may know. `page` leads back to the list. */
export const showReport = async (ctx: BotContext, id: number, page: number | null): Promise<void> => {
  const message = await renderReport(ctx, id, page);
  if (ctx.callbackQuery === undefined || page === null) await ctx.say(message);
  else await ctx.change(message);
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
  const card = renderAuthorCard(reading, view).text;
  const history = await listHistory(ctx.store.db, id);
  const back: Button[][] =
    page === null
      ? []
      : [[{ label: ctx.t("resident:reports.back"), act: { kind: "go", to: "own-reports", option: String(page) } }]];
  const buttons = [...(isOwn ? [] : [await followButtons(ctx, id)]), ...back];
  return {
    text: paragraphs(
      card,
      isOwn ? view.description : (view.publicText ?? view.description),
      lines(
        ctx.rich("resident:history.title"),
        // Who acted is nobody's business here; what happened is.
        ...history.map((entry) => eventInWords(ctx, entry)),
      ),
    ),
    ...(buttons.length > 0 && { buttons }),
  };
};

/** Somebody else's public report can be followed. */
const followButtons = async (ctx: BotContext, id: number): Promise<Button[]> => {
  const to = (await isFollowing(ctx.store.db, id, ctx.resident.id)) ? "unfollow" : "follow";
  return [{ label: ctx.t(`check:button.${to}`), act: { kind: "go", to, option: String(id) } }];
};

/** The events a resident is told of, each as a line; what is only the staff's has none. */
const TOLD: { [Kind in EventKind]?: (ctx: BotContext, data: EventData[Kind], when: string) => FormattedString } = {
  submitted: (ctx, _, when) => ctx.rich("resident:history.submitted", { when }),
  assigned: (ctx, { agencyId, due }, when) => {
    const reading = readingOf(ctx);
    const agency = agencyName(reading, agencyId);
    return ctx.rich("resident:history.assigned", { when, agency, why: explainDue(reading, due) });
  },
  rejected: (ctx, data, when) =>
    ctx.rich("resident:history.rejected", { when, reason: rejectionInWords(readingOf(ctx), data).title }),
  // That it was disputed, and never by whom or how many.
  published: (ctx, _, when) => happened(ctx, when, ctx.t("check:event.published")),
  disputed: (ctx, { isContest }, when) =>
    happened(ctx, when, ctx.t(isContest ? "check:event.contested" : "check:event.disputed")),
  reopened: (ctx, { due, reason }, when) =>
    happened(ctx, when, ctx.t("check:event.reopened", { date: dayInWords(readingOf(ctx), due.to), reason })),
  closed: (ctx, data, when) => happened(ctx, when, closingInWords(readingOf(ctx), data)),
};

const happened = (ctx: BotContext, when: string, what: string): FormattedString =>
  ctx.rich("check:dispute.event", { when, what });

const eventInWords = (ctx: BotContext, { kind, data, at }: HistoryEntry): FormattedString | null => {
  // Whoever adds an event gives it the data of its kind: record() takes nothing else.
  const tell = TOLD[kind as EventKind] as
    ((ctx: BotContext, data: unknown, when: string) => FormattedString) | undefined;
  return tell?.(ctx, data, momentInWords(readingOf(ctx), at)) ?? null;
};
