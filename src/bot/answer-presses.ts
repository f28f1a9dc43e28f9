import { GrammyError, type Middleware } from "grammy";
import type { BotContext } from "./context.ts";

/**
 * Answers every press, once and last: after the commit, so that what it says is true, and as the only call that may ride
 * in a webhook's reply. A press whose handling failed is answered when it comes again or is given up.
 */
export const answerPresses: Middleware<BotContext> = async (ctx, next) => {
  await next();
  if (ctx.callbackQuery === undefined) return;
  try {
    await ctx.answerCallbackQuery(ctx.pressAnswer);
  } catch (error) {
    // Delivered again, or after a long outage: the spinner is gone by itself.
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
    ctx.log.debug("press too old to be answered");
  }
};
