/** What happens when an editor presses a button of the card of an answer. Nothing is trusted from it but which report and which act it names. */
import { renderAnswerCard } from "../../notices/answer-card.ts";
import type { AnswerView, ReportView } from "../../notices/report-view.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { ownReadingOf, readingOf } from "../reading.ts";
import type { Outcome } from "./decide.ts";
import { giveBack, handOn, passOn, postpone, publish, refuse } from "./decide-answer.ts";
import { askForWords, type PromptedAct } from "./own-words.ts";
import { pressCard, type ReportAct, type Run } from "./press-card.ts";
import { readRemark, remarksFor, renderRemarks, type RemarkAct } from "./remarks.ts";

/** A decision that needs no more than the press. */
const decide =
  (act: (...args: Parameters<typeof publish>) => Promise<Outcome>): Run =>
  async (ctx, press) => {
    const outcome = await act(ctx, ownReadingOf(ctx), press);
    const [key, params] = outcome.said;
    ctx.toast(key, params, { alert: !outcome.done });
    if (!outcome.done && !outcome.stale) return;
    const report = await findReportView(ctx.store.db, press.reportId);
    if (report !== null) await ctx.change(renderAnswerCard(readingOf(ctx), report));
  };

/** A step towards a decision: only on the card as it is now, while something waits. */
const onFresh =
  (step: (ctx: BotContext, report: ReportView, waiting: AnswerView, press: ReportAct) => Promise<void>): Run =>
  async (ctx, press, report) => {
    const { answer } = report;
    if (report.version === press.version && answer?.state === "waiting") return step(ctx, report, answer, press);
    ctx.toast("staff:refused.changed", {}, { alert: true });
    await ctx.change(renderAnswerCard(readingOf(ctx), report));
  };

/** Asks for own words; the card shows its first buttons again meanwhile. */
const prompt = (act: PromptedAct): Run =>
  onFresh(async (ctx, report) => {
    await askForWords(ctx, report, act);
    await ctx.change(renderAnswerCard(readingOf(ctx), report));
  });

/** Says no with one of the city's remarks (`option`), or shows them; where the city has none that fits, own words are asked for at once. */
const remark = (act: RemarkAct, no: typeof giveBack): Run => {
  const show = onFresh(async (ctx, report, { kind }) => {
    if (remarksFor(ctx, kind).length === 0) return askForWords(ctx, report, act);
    await ctx.change(renderRemarks(ctx, report, act, kind));
  });
  return async (ctx, press, report) => {
    const { option } = press;
    if (option === undefined) return show(ctx, press, report);
    return decide((_, reading, target) => no(ctx, reading, target, readRemark(ctx, option)))(ctx, press, report);
  };
};

// A Map, because a forged act may be called like something every object has.
const PRESSES = new Map<string, Run>([
  ["answer-publish", decide(publish)],
  ["answer-postpone", decide(postpone)],
  ["answer-reroute", decide(handOn)],
  ["answer-ask", decide(passOn)],
  ["answer-return", remark("answer-return", giveBack)],
  ["answer-return-words", prompt("answer-return")],
  ["answer-refuse", remark("answer-refuse", refuse)],
  ["answer-refuse-words", prompt("answer-refuse")],
  ["answer-days", prompt("answer-days")],
  ["answer-card", async (ctx, _press, report) => ctx.change(renderAnswerCard(readingOf(ctx), report))],
]);

/** A press on the card of an answer; false when no button of ours has such an act. */
export const pressAnswerCard = (ctx: BotContext, press: ReportAct): Promise<boolean> => pressCard(ctx, press, PRESSES);
