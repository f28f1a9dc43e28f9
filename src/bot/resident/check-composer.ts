/** Presses about the check of an answer, and about following and volunteering: all in private, where nobody else sees what somebody says. */
import { Composer } from "grammy";
import { unpack } from "../callback-data.ts";
import type { BotContext } from "../context.ts";
import { pressCheck } from "./check.ts";
import { pressFollow } from "./follow.ts";
import { stopVolunteer } from "./volunteer.ts";

export const checkComposer = new Composer<BotContext>();

checkComposer.chatType("private").on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind === "report" && (await pressCheck(ctx, act))) return undefined;
  if (act?.kind === "go" && (await go(ctx, act.to, act.option ?? ""))) return undefined;
  return next();
});

const go = async (ctx: BotContext, to: string, option: string): Promise<boolean> => {
  switch (to) {
    case "follow":
    case "unfollow":
      return pressFollow(ctx, to, option);
    case "volunteer-stop":
      await stopVolunteer(ctx);
      return true;
    default:
      return false;
  }
};
