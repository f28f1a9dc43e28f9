/** What happens when somebody presses a button of a card. Nothing is trusted from the button but which report and which act it names. */
import type { OutMessage } from "../../notices/message.ts";
import { renderQueueCard } from "../../notices/queue-card.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { ownReadingOf, readingOf } from "../reading.ts";
import { renderAgencies, renderReasons } from "./choices.ts";
import { ask, merge, release, setHidden, setText, setTopic, take } from "./correct.ts";
import { renderCategories, renderMore, renderPhotos, renderQuestions, renderTopics } from "./corrections.ts";
import { accept, reject, type Outcome } from "./decide.ts";
import { askForWords, type PromptedAct } from "./own-words.ts";
import { pressCard, type ReportAct, type Run } from "./press-card.ts";
import { decidedWords, type Said } from "./refusal-words.ts";

/** A press on a card of a report: a decision, or a step towards one. False when no button of ours has such an act. */
export const pressReport = (ctx: BotContext, press: ReportAct): Promise<boolean> => pressCard(ctx, press, PRESSES);

/** A step that asks for words; the card shows its first buttons again meanwhile. */
const prompting =
  (act: PromptedAct): Run =>
  (ctx, press, report) =>
    (act === "text" ? correct : choose)(ctx, press, report, async () => {
      await askForWords(ctx, report, act);
      return renderQueueCard(readingOf(ctx), report);
    });

/** Hides a photo or shows it; the list of photos stays open, for there may be more of them. */
const hide = async (ctx: BotContext, press: ReportAct, isHidden: boolean): Promise<void> => {
  const photo = { photoId: toNumber(press.option), isHidden };
  const outcome = await setHidden(ctx, ownReadingOf(ctx), press, photo);
  await settle(ctx, press, outcome);
  const report = outcome.done ? await findReportView(ctx.store.db, press.reportId) : null;
  if (report !== null) await ctx.change(await renderPhotos(ctx, report));
};

/** Forged buttons may say anything; nothing has the number 0. */
const toNumber = (digits: string | undefined): number => (/^\d{1,12}$/.test(digits ?? "") ? Number(digits) : 0);

// A Map, because a forged act may be called like something every object has.
const PRESSES = new Map<string, Run>(
  Object.entries<Run>({
    accept: async (ctx, press, report) => {
      if (press.option === undefined) return choose(ctx, press, report, () => renderAgencies(ctx, report, 0));
      return settle(ctx, press, await accept(ctx, ownReadingOf(ctx), press, press.option));
    },
    agencies: (ctx, press, report) =>
      choose(ctx, press, report, () => renderAgencies(ctx, report, Number.parseInt(press.option ?? "0", 10) || 0)),
    reject: async (ctx, press, report) => {
      if (press.option === undefined) return choose(ctx, press, report, () => renderReasons(ctx, report));
      return settle(ctx, press, await reject(ctx, ownReadingOf(ctx), press, { code: press.option }));
    },
    words: prompting("reject"),
    ask: async (ctx, press, report) => {
      if (press.option === undefined) return choose(ctx, press, report, () => renderQuestions(ctx, report));
      return settle(ctx, press, await ask(ctx, ownReadingOf(ctx), press, { templateId: press.option }));
    },
    question: prompting("ask"),
    merge: async (ctx, press) => settle(ctx, press, await merge(ctx, ownReadingOf(ctx), press, toNumber(press.option))),
    take: async (ctx, press) => settle(ctx, press, await take(ctx, ownReadingOf(ctx), press)),
    release: async (ctx, press) => settle(ctx, press, await release(ctx, ownReadingOf(ctx), press)),
    more: (ctx, press, report) => correct(ctx, press, report, () => renderMore(ctx, report)),
    topic: async (ctx, press, report) => {
      if (press.option === undefined) return choose(ctx, press, report, () => renderCategories(ctx, report));
      return settle(ctx, press, await setTopic(ctx, ownReadingOf(ctx), press, press.option));
    },
    topics: (ctx, press, report) => choose(ctx, press, report, () => renderTopics(ctx, report, press.option ?? "")),
    place: prompting("place"),
    days: prompting("days"),
    text: prompting("text"),
    "own-words": async (ctx, press) => settle(ctx, press, await setText(ctx, ownReadingOf(ctx), press, null)),
    photos: (ctx, press, report) => correct(ctx, press, report, () => renderPhotos(ctx, report)),
    "hide-photo": (ctx, press) => hide(ctx, press, true),
    "show-photo": (ctx, press) => hide(ctx, press, false),
    card: async (ctx, _press, report) => ctx.change(renderQueueCard(readingOf(ctx), report)),
  }),
);

type Step = (
  ctx: BotContext,
  press: ReportAct,
  report: ReportView,
  show: () => OutMessage | Promise<OutMessage>,
) => Promise<void>;

/** A step towards a decision: only while there is something to decide. */
const choose: Step = (ctx, press, report, show) =>
  report.status === "submitted" ? correct(ctx, press, report, show) : refuseStep(ctx, report);

/** A step towards other public words or photos, in every status, on the card as it was shown. */
const correct: Step = async (ctx, press, report, show) =>
  report.version === press.version ? ctx.change(await show()) : refuseStep(ctx, report);

const refuseStep = async (ctx: BotContext, report: ReportView): Promise<void> => {
  const [key, params] = report.decision === null ? changed : decidedWords(ownReadingOf(ctx), report, report.decision);
  ctx.toast(key, params, { alert: true });
  return ctx.change(renderQueueCard(readingOf(ctx), report));
};

const changed: Said = ["staff:refused.changed"];

/** After a decision, one's own or another's, the pressed card says at once what every other card will say soon. */
const settle = async (ctx: BotContext, press: ReportAct, outcome: Outcome): Promise<void> => {
  const [key, params] = outcome.said;
  ctx.toast(key, params, { alert: !outcome.done });
  if (!outcome.done && !outcome.stale) return;
  const report = await findReportView(ctx.store.db, press.reportId);
  if (report !== null) await ctx.change(renderQueueCard(readingOf(ctx), report));
};
