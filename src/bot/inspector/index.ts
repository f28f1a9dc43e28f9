/** Presses of whoever decides disputes: decisions, cards, pages of the list. */
import { Composer } from "grammy";
import { unpack } from "../callback-data.ts";
import type { BotContext } from "../context.ts";
import { showCheck } from "./card.ts";
import { turnChecks } from "./checks.ts";
import { desksOf } from "./desks.ts";
import { pressVerdict } from "./verdict.ts";

export const inspectorComposer = new Composer<BotContext>();

inspectorComposer.on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind === "report" && (await pressVerdict(ctx, act))) return undefined;
  if (act?.kind === "go" && (await go(ctx, act.to, act.option ?? ""))) return undefined;
  return next();
});

const go = async (ctx: BotContext, to: string, option: string): Promise<boolean> => {
  switch (to) {
    case "check":
      return /^\d{1,12}$/.test(option) && showCheck(ctx, Number(option));
    case "checks":
      if ((await desksOf(ctx)).length > 0) return turnChecks(ctx, option);
      ctx.toast("check:verdict.stranger", {}, { alert: true });
      return true;
    default:
      return false;
  }
};
