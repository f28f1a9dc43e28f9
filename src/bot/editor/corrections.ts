/** The choices behind «Ещё…» and «Спросить…»: the report stays readable above them, only the buttons change. */
import { cityDate } from "../../city/city-time.ts";
import { isInSeason } from "../../city/seasons.ts";
import { textIn } from "../../city/text.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import { moreButtons } from "../../notices/queue-buttons.ts";
import { renderQueueCard } from "../../notices/queue-card.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { listOwnCopies } from "../../store/queries/photos.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";

const TOPICS_A_PAGE = 8;

const card = (ctx: BotContext, report: ReportView, buttons: Button[][]): OutMessage => ({
  ...renderQueueCard(readingOf(ctx), report),
  buttons,
});

const backTo = (ctx: BotContext, report: ReportView, act: string, option?: string): Button => ({
  label: ctx.t("staff:button.back"),
  act: buttonAct(report, act, option),
});

/** What an editor puts right before deciding, or of a decided report. */
export const renderMore = (ctx: BotContext, report: ReportView): OutMessage =>
  card(ctx, report, moreButtons(readingOf(ctx), report, ctx.t("staff:button.back")));

/** The city's frequent questions, and the way to own words. */
export const renderQuestions = (ctx: BotContext, report: ReportView): OutMessage =>
  card(ctx, report, [
    ...ctx.city.questionTemplates.map(({ id, title }): Button[] => [
      { label: textIn(ctx.city, title, ctx.locale), act: buttonAct(report, "ask", id) },
    ]),
    [backTo(ctx, report, "card"), { label: ctx.t("staff:button.own_words"), act: buttonAct(report, "question") }],
  ]);

/** The categories to look for the right topic in. */
export const renderCategories = (ctx: BotContext, report: ReportView): OutMessage =>
  card(ctx, report, [
    ...ctx.city.categories.map(({ id, icon, title }): Button[] => [
      { label: `${icon} ${textIn(ctx.city, title, ctx.locale)}`, act: buttonAct(report, "topics", id) },
    ]),
    [backTo(ctx, report, "more")],
  ]);

/** A page of a category's topics of the season, `category.page`; one that does not exist becomes the categories. */
export const renderTopics = (ctx: BotContext, report: ReportView, option: string): OutMessage => {
  const [categoryId, asked] = option.split(".");
  const category = ctx.city.categories.find(({ id }) => id === categoryId);
  if (category === undefined) return renderCategories(ctx, report);
  const today = cityDate(ctx.city, ctx.now());
  const topics = category.topics.filter((topic) => isInSeason(topic, today));
  const last = Math.max(0, Math.ceil(topics.length / TOPICS_A_PAGE) - 1);
  const page = Math.min(Math.max(0, Number.parseInt(asked ?? "0", 10) || 0), last);
  const turn = (label: string, to: number): Button => ({
    label,
    act: buttonAct(report, "topics", `${category.id}.${to}`),
  });
  return card(ctx, report, [
    ...topics
      .slice(page * TOPICS_A_PAGE, (page + 1) * TOPICS_A_PAGE)
      .map(({ id, title }): Button[] => [
        { label: textIn(ctx.city, title, ctx.locale), act: buttonAct(report, "topic", id) },
      ]),
    [
      ...(page > 0 ? [turn("‹", page - 1)] : []),
      backTo(ctx, report, "topic"),
      ...(page < last ? [turn("›", page + 1)] : []),
    ],
  ]);
};

/** The report's own photos, each with whether the public sees it. */
export const renderPhotos = async (ctx: BotContext, report: ReportView): Promise<OutMessage> => {
  const photos = await listOwnCopies(ctx.store.db, { reportId: report.id });
  return card(ctx, report, [
    ...photos.map(({ id, isHidden }, i): Button[] => [
      {
        label: ctx.t(isHidden ? "staff:button.show_photo" : "staff:button.hide_photo", { number: i + 1 }),
        act: buttonAct(report, isHidden ? "show-photo" : "hide-photo", String(id)),
      },
    ]),
    [backTo(ctx, report, "more")],
  ]);
};

const buttonAct = ({ id, version }: ReportView, act: string, option?: string) =>
  ({ kind: "report", act, reportId: id, version, ...(option !== undefined && { option }) }) as const;
