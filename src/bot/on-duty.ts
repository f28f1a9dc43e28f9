/** Staff who write in private without being residents: what is theirs to do, instead of a consent they were not asked for. */
import { lines, paragraphs } from "../notices/rich.ts";
import { STAFF_ROLES } from "../report/status.ts";
import type { BotContext } from "./context.ts";

/** Says the next step of each of their roles; false for whoever has none. */
export const leadStaff = async (ctx: BotContext): Promise<boolean> => {
  const { grants } = await ctx.actor();
  const held = STAFF_ROLES.filter((one) => grants.some(({ role }) => role === one));
  if (held.length === 0) return false;
  await ctx.say({
    text: paragraphs(
      lines(ctx.rich("people:on_duty.head"), ...held.map((role) => ctx.rich(`people:on_duty.${role}`))),
      ctx.rich("people:on_duty.tail"),
    ),
  });
  return true;
};
