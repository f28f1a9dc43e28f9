import type { ButtonAct } from "../../notices/message.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { hasRole } from "../../report/permission.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";

/** A press on a card of a report; nothing is trusted from it but which report and which act it names. */
export type ReportAct = Extract<ButtonAct, { kind: "report" }>;

/** What a press does, once its presser may and its report is there. */
export type Run = (ctx: BotContext, press: ReportAct, report: ReportView) => Promise<void>;

/** Does what the editors' press is for; false when none of these is named so. */
export const pressCard = async (
  ctx: BotContext,
  press: ReportAct,
  presses: ReadonlyMap<string, Run>,
): Promise<boolean> => {
  const run = presses.get(press.act);
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
