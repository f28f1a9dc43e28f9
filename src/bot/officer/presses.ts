/** What happens when an officer presses a button of a task's card. Nothing is trusted from it but which report and which act it names. */
import type { ButtonAct } from "../../notices/message.ts";
import { renderTaskCard } from "../../notices/task-card.ts";
import { hasRole } from "../../report/permission.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { showAnswer } from "./drafts.ts";
import { release, take } from "./hands.ts";

type ReportAct = Extract<ButtonAct, { kind: "report" }>;

const showAnew = async (ctx: BotContext, reportId: number): Promise<void> => {
  const report = await findReportView(ctx.store.db, reportId);
  if (report !== null) await ctx.change(renderTaskCard(readingOf(ctx), report));
};

// A Map, because a forged act may be called like something every object has.
const PRESSES = new Map<string, (ctx: BotContext, press: ReportAct) => Promise<unknown>>([
  ["task-take", async (ctx, { reportId, version }) => (await take(ctx, reportId, version)) && showAnew(ctx, reportId)],
  ["task-release", async (ctx, { reportId }) => (await release(ctx, reportId)) && showAnew(ctx, reportId)],
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
