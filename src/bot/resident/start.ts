/** The door: newcomers, people who come back, and links. */
import { hasConsented } from "../../actions/give-consent.ts";
import type { BotContext } from "../context.ts";
import { leadStaff } from "../on-duty.ts";
import { showCheck } from "./check.ts";
import { askConsent } from "./consent.ts";
import { beginReport } from "./draft.ts";
import { joinLinked } from "./follow.ts";
import { continueForm } from "./form.ts";
import { menuKeyboard } from "./keyboards.ts";
import { showReport } from "./reports.ts";

/** `/start`, with what the link carried: a report to see (`r_15`), to join (`j_15`) or to check (`v_15`), a topic (`t_…`), or nothing. */
export const start = async (ctx: BotContext, payload: string): Promise<void> => {
  if (!hasConsented(ctx.resident, ctx.city)) {
    if (payload === "" && (await leadStaff(ctx))) return undefined;
    return askConsent(ctx, payload);
  }
  return open(ctx, payload, "returning");
};

/** Shows what the link was for; without one newcomers get the first question and others the menu. */
export const open = async (ctx: BotContext, payload: string, who: "new" | "returning"): Promise<void> => {
  const kind = payload.slice(0, 2);
  const value = payload.slice(2);
  const number = /^\d{1,12}$/.test(value) ? Number(value) : null;
  if (kind === "r_" && number !== null) return showReport(ctx, number, null);
  if (kind === "j_" && number !== null) return joinLinked(ctx, number);
  if (kind === "v_" && number !== null) return showCheck(ctx, number);
  if (kind === "t_" && ctx.city.topics.has(value)) return continueForm(ctx, { kind: "topic", topicId: value });
  if (who === "returning") await ctx.say({ text: ctx.rich("resident:back"), keyboard: menuKeyboard(ctx) });
  if (who === "new" || ctx.visit.draft !== null) await beginReport(ctx);
};
