/** `/invite role` and what happens when somebody opens the link. */
import { createInvitation } from "../../actions/create-invitation.ts";
import { useInvitation } from "../../actions/use-invitation.ts";
import type { Key } from "../../i18n/keys.ts";
import { momentInWords } from "../../notices/dates.ts";
import { agencyName } from "../../notices/report-words.ts";
import type { StaffRole } from "../../report/status.ts";
import type { BotContext } from "../context.ts";
import { refreshMenu } from "../menus.ts";
import { readingOf } from "../reading.ts";
import { brief, readAgency } from "./moderate.ts";

/** Distinguishes an invitation from every other deep link. */
const LINK_PREFIX = "inv-";

/** Whom `/invite` invites, and the words for them people type besides the role's own; `ofAgency` is said with the agency. */
const INVITABLE: readonly { role: StaffRole; isHead?: true; ofAgency: boolean; words: readonly string[] }[] = [
  { role: "editor", ofAgency: false, words: ["editor", "редактор", "редактора"] },
  { role: "inspector", ofAgency: false, words: ["inspector", "инспектор", "инспектора"] },
  { role: "operator", ofAgency: false, words: ["operator", "оператор", "оператора"] },
  { role: "officer", ofAgency: true, words: ["officer", "исполнитель", "исполнителя"] },
  { role: "officer", isHead: true, ofAgency: true, words: ["head", "руководитель", "руководителя"] },
  { role: "admin", ofAgency: false, words: ["admin", "администратор", "администратора"] },
];

/** Makes a link that turns whoever opens it first into staff. */
export const invite = async (ctx: BotContext, words: string): Promise<unknown> => {
  const usage = ctx.t("commands:usage.invite");
  if (words === "") return ctx.tell("staff:invite.missing", { usage });
  const [typed = "", ...rest] = words.split(/\s+/);
  const invitable = INVITABLE.find((one) => one.words.includes(typed.toLowerCase()));
  if (invitable === undefined || (!invitable.ofAgency && rest.length > 0)) {
    return ctx.tell("staff:invite.unknown", { typed: brief(words), usage });
  }
  if (invitable.ofAgency && rest.length === 0) {
    return ctx.tell("staff:invite.agency_missing", { usage: ctx.t("commands:usage.invite_officer") });
  }
  const { role, isHead = false } = invitable;
  const agencyId = invitable.ofAgency
    ? await readAgency(ctx, rest.join(" "), ctx.t("commands:usage.invite_officer"))
    : null;
  if (invitable.ofAgency && agencyId === null) return undefined;
  const made = await createInvitation(ctx, { actorId: ctx.resident.id, role, agencyId, isHead }, ctx.now());
  if (!made.ok) return ctx.tell("staff:refused.not_allowed");
  const start = `${LINK_PREFIX}${made.token}`;
  return ctx.tell("staff:invite.link", {
    role: roleInWords(ctx, { role, agencyId, isHead }),
    link: `https://t.me/${ctx.botUsername}?start=${start}`,
    start: `/start ${start}`,
    until: momentInWords(readingOf(ctx), made.expiresAt),
  });
};

/** «редактор», «исполнитель: Освещение», «руководитель: Освещение». */
const roleInWords = (
  ctx: BotContext,
  { role, agencyId, isHead }: { role: StaffRole; agencyId: string | null; isHead: boolean },
): string => {
  const title = ctx.t(isHead ? "staff:invite.head" : `staff:role.${role}`);
  if (agencyId === null) return title;
  return ctx.t("staff:invite.of_agency", { role: title, agency: agencyName(readingOf(ctx), agencyId) });
};

/** What awaits them in each role. */
const WELCOME = {
  editor: "staff:invite.welcome",
  admin: "staff:invite.welcome",
  officer: "staff:invite.welcome_officer",
  inspector: "people:invite.welcome_inspector",
  operator: "people:invite.welcome_operator",
} as const satisfies Record<StaffRole, Key>;

/** Takes `/start` with an invitation in it; false for any other. */
export const openInvitation = async (ctx: BotContext, payload: string): Promise<boolean> => {
  if (!payload.startsWith(LINK_PREFIX)) return false;
  const token = payload.slice(LINK_PREFIX.length);
  const used = await useInvitation(ctx, { residentId: ctx.resident.id, token }, ctx.now());
  if (!used.ok) {
    await ctx.tell(used.why === "unknown" ? "staff:invite.unknown_link" : `staff:invite.${used.why}`);
    return true;
  }
  const role = roleInWords(ctx, used);
  await refreshMenu(ctx);
  await ctx.tell(used.isNew ? WELCOME[used.role] : "staff:invite.already", { role });
  return true;
};
