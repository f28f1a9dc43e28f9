/** `/invite role` and what happens when somebody opens the link. */
import { createInvitation } from "../../actions/create-invitation.ts";
import { useInvitation } from "../../actions/use-invitation.ts";
import { momentInWords } from "../../notices/dates.ts";
import type { StaffRole } from "../../report/status.ts";
import type { BotContext } from "../context.ts";
import { refreshMenu } from "../menus.ts";
import { readingOf } from "../reading.ts";
import { brief } from "./moderate.ts";

/** Distinguishes an invitation from every other deep link. */
const LINK_PREFIX = "inv-";

/** Whom `/invite` invites today, and the words for them people type besides the role's own. */
const INVITABLE: readonly { role: StaffRole; words: readonly string[] }[] = [
  { role: "editor", words: ["editor", "редактор", "редактора"] },
];

/** Makes a link that turns whoever opens it first into staff. */
export const invite = async (ctx: BotContext, words: string): Promise<unknown> => {
  const usage = ctx.t("commands:usage.invite");
  const typed = words.toLowerCase();
  if (typed === "") return ctx.tell("staff:invite.missing", { usage });
  const invitable = INVITABLE.find((one) => one.words.includes(typed));
  if (invitable === undefined) return ctx.tell("staff:invite.unknown", { typed: brief(words), usage });
  const { role } = invitable;
  const made = await createInvitation(ctx, { actorId: ctx.resident.id, role, agencyId: null }, ctx.now());
  if (!made.ok) return ctx.tell("staff:refused.not_allowed");
  const start = `${LINK_PREFIX}${made.token}`;
  return ctx.tell("staff:invite.link", {
    role: ctx.t(`staff:role.${role}`),
    link: `https://t.me/${ctx.botUsername}?start=${start}`,
    start: `/start ${start}`,
    until: momentInWords(readingOf(ctx), made.expiresAt),
  });
};

/** Takes `/start` with an invitation in it; false for any other. */
export const openInvitation = async (ctx: BotContext, payload: string): Promise<boolean> => {
  if (!payload.startsWith(LINK_PREFIX)) return false;
  const token = payload.slice(LINK_PREFIX.length);
  const used = await useInvitation(ctx, { residentId: ctx.resident.id, token }, ctx.now());
  if (!used.ok) {
    await ctx.tell(used.why === "unknown" ? "staff:invite.unknown_link" : `staff:invite.${used.why}`);
    return true;
  }
  const role = ctx.t(`staff:role.${used.role}`);
  await refreshMenu(ctx);
  await ctx.tell(used.isNew ? "staff:invite.welcome" : "staff:invite.already", { role });
  return true;
};
