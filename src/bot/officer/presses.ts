/** What happens when an officer presses a button of a task's card. Nothing is trusted from it but which report and which act it names. */
import { takeTask } from "../../actions/take-task.ts";
import type { ButtonAct } from "../../notices/message.ts";
import { renderTaskCard } from "../../notices/task-card.ts";
import { hasRole } from "../../report/permission.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { ownReadingOf, readingOf } from "../reading.ts";
import { showAnswer } from "./drafts.ts";
import { answerRefusalWords } from "./answer-refusals.ts";

type ReportAct = Extract<ButtonAct, { kind: "report" }>;

const take = async (ctx: BotContext, { reportId, version }: ReportAct): Promise<void> => {
  const taken = await takeTask(ctx, { actorId: ctx.resident.id, reportId, version }, ctx.now());
  if (taken.ok) ctx.toast("officer:done.taken", { number: String(reportId) });
  else ctx.toast(...answerRefusalWords(ownReadingOf(ctx), reportId, taken), { alert: true });
  if (!taken.ok && taken.why !== "decided") return;
  const report = await findReportView(ctx.store.db, reportId);
  if (report !== null) await ctx.change(renderTaskCard(readingOf(ctx), report));
};

// A Map, because a forged act may be called like something every object has.
const PRESSES = new Map<string, (ctx: BotContext, press: ReportAct) => Promise<void>>([
  ["task-take", take],
  ["task-answer", (ctx, { reportId }) => showAnswer(ctx, reportId)],
]);

/** A press on the card of a task; false when no button of ours has such an act. */
export const pressTask = async (ctx: BotContext, press: ReportAct): Promise<boolean> => {
  const run = PRESSES.get(press.act);
  if (run === undefined) return false;
  if (hasRole(await ctx.actor(), "officer")) await run(ctx, press);
  else {
    ctx.log.info({ act: press.act, reportId: press.reportId, residentId: ctx.resident.id }, "press refused");
    ctx.toast("officer:refused.stranger", {}, { alert: true });
  }
  return true;
};
