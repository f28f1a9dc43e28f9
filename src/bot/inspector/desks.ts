import { DESKS, mayDecide, type Desk } from "../../report/dispute.ts";
import { hasInspectors } from "../../store/queries/disputes.ts";
import type { BotContext } from "../context.ts";

/** The desks at which whoever writes decides now. */
export const desksOf = async (ctx: BotContext): Promise<Desk[]> => {
  const [actor, isAppointed] = [await ctx.actor(), await hasInspectors(ctx.store.db)];
  return DESKS.filter((desk) => mayDecide(actor, desk, isAppointed));
};
