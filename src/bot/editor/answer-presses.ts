/** What happens when an editor presses a button of the card of an answer. Nothing is trusted from it but which report and which act it names. */
import { renderAnswerCard } from "../../notices/answer-card.ts";
import type { ButtonAct } from "../../notices/message.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { hasRole } from "../../report/permission.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { ownReadingOf, readingOf } from "../reading.ts";
import { askForRemark, type PromptedAct } from "./answer-words.ts";
import type { Outcome } from "./decide.ts";
import { handOn, passOn, postpone, publish } from "./decide-answer.ts";

type ReportAct = Extract<ButtonAct, { kind: "report" }>;
type Run = (ctx: BotContext, press: ReportAct, report: ReportView) => Promise<void>;

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

/** A decision that wants words first: only on the card as it is now. */
const prompt =
  (act: PromptedAct): Run =>
  async (ctx, press, report) => {
    if (report.version === press.version && report.answer?.state === "waiting") return askForRemark(ctx, report, act);
    ctx.toast("staff:refused.changed", {}, { alert: true });
    await ctx.change(renderAnswerCard(readingOf(ctx), report));
  };

// A Map, because a forged act may be called like something every object has.
const PRESSES = new Map<string, Run>([
  ["answer-publish", decide(publish)],
  ["answer-postpone", decide(postpone)],
  ["answer-reroute", decide(handOn)],
  ["answer-ask", decide(passOn)],
  ["answer-return", prompt("answer-return")],
  ["answer-refuse", prompt("answer-refuse")],
  ["answer-days", prompt("answer-days")],
]);

/** A press on the card of an answer; false when no button of ours has such an act. */
export const pressAnswerCard = async (ctx: BotContext, press: ReportAct): Promise<boolean> => {
  const run = PRESSES.get(press.act);
  if (run === undefined) return false;
  if (!hasRole(await ctx.actor(), "editor", "admin")) {
    ctx.log.info({ act: press.act, reportId: press.reportId, residentId: ctx.resident.id }, "press refused");
    ctx.toast("staff:refused.stranger", {}, { alert: true });
    return true;
  }
  const report = await findReportView(ctx.store.db, press.reportId);
  if (report === null) ctx.toast("bot:forged");
  else await run(ctx, press, report);
  return true;
};
