/** Telegram's own command menus, derived from the table: per kind of chat, role and language. */
import type { Api } from "grammy";
import type { BotCommand, BotCommandScope } from "grammy/types";
import { findActor } from "../actions/find-actor.ts";
import type { StaffRole } from "../report/status.ts";
import { listBoundChats, type BoundChat } from "../store/queries/bound-chats.ts";
import { listStaff } from "../store/queries/staff.ts";
import { mayUse, type ChatKind, type CommandEntry } from "./commands.ts";
import type { BotContext, BotDeps } from "./context.ts";

/** In a bound group everybody sees one menu, so it is that of those it is for; whoever is not is refused at the command. */
const GROUP_ROLES: Readonly<Record<BoundChat["purpose"], readonly StaffRole[]>> = {
  editors: ["editor"],
  agency: ["officer"],
  channel: [],
};
const ADMIN_ROLES: readonly StaffRole[] = ["admin"];

/** The commands somebody with these roles has in such a chat, as Telegram wants them. */
export const menuOf = (
  { i18n }: Pick<BotDeps, "i18n">,
  entries: readonly CommandEntry[],
  locale: string,
  kind: ChatKind,
  roles: readonly StaffRole[],
): BotCommand[] => {
  const actor = { residentId: 0, grants: roles.map((role) => ({ role, agencyId: null })) };
  return entries
    .filter((entry) => entry.where.includes(kind) && mayUse(actor, entry))
    .map(({ name, description }) => ({ command: name, description: i18n.t(locale, description) }));
};

/** The menus everybody sees, in every language there is; the first language stands for all we do not speak. */
const setCommonMenus = async (
  api: Api,
  deps: Pick<BotDeps, "i18n">,
  entries: readonly CommandEntry[],
): Promise<void> => {
  const common: { scope: BotCommandScope; kind: ChatKind; roles: readonly StaffRole[] }[] = [
    { scope: { type: "default" }, kind: "private", roles: [] },
    { scope: { type: "all_private_chats" }, kind: "private", roles: [] },
    { scope: { type: "all_group_chats" }, kind: "group", roles: [] },
    // Whoever binds a group is mostly one of its administrators.
    { scope: { type: "all_chat_administrators" }, kind: "group", roles: ADMIN_ROLES },
  ];
  for (const { scope, kind, roles } of common) {
    for (const [index, locale] of deps.i18n.locales.entries()) {
      const commands = menuOf(deps, entries, locale, kind, roles);
      await api.setMyCommands(commands, { scope, ...(index > 0 && { language_code: locale as "en" }) });
    }
  }
};

/** The menu of one member of staff in their private chat; whoever is none (any more) gets everybody's. */
const setStaffMenu = async (
  api: Api,
  deps: Pick<BotDeps, "i18n">,
  entries: readonly CommandEntry[],
  { telegramId, locale, roles }: { telegramId: number; locale: string; roles: readonly StaffRole[] },
): Promise<void> => {
  const commands = menuOf(deps, entries, locale, "private", roles);
  await api.setMyCommands(commands, { scope: { type: "chat", chat_id: telegramId } });
};

/** The menu of a bound group, in the group's language. */
export const setGroupMenu = async (
  ctx: BotContext,
  { chatId, locale, purpose }: Pick<BoundChat, "chatId" | "locale" | "purpose">,
): Promise<void> => {
  const scope = { type: "chat", chat_id: chatId } as const;
  const commands = menuOf(ctx, ctx.commands, locale, "group", GROUP_ROLES[purpose]);
  await mild(ctx, () => ctx.api.setMyCommands(commands, { scope }));
};

/** A group that is bound no more sees everybody's menu. */
export const clearGroupMenu = async (ctx: BotContext, chatId: number): Promise<void> => {
  await mild(ctx, () => ctx.api.deleteMyCommands({ scope: { type: "chat", chat_id: chatId } }));
};

/** Sets the menu of whoever wrote anew, after their roles or language changed. */
export const refreshMenu = async (ctx: BotContext, locale: string = ctx.resident.locale): Promise<void> => {
  const { grants } = await ctx.actor({ anew: true });
  const { telegramId } = ctx.resident;
  if (telegramId === null) return;
  const roles = grants.map(({ role }) => role);
  await mild(ctx, () => setStaffMenu(ctx.api, ctx, ctx.commands, { telegramId, locale, roles }));
};

/** Sets the menu of somebody else whose roles changed; nothing where they have no chat. */
export const refreshMenuOf = async (
  ctx: BotContext,
  { residentId, telegramId, locale }: { residentId: number; telegramId: number | null; locale: string },
): Promise<void> => {
  if (telegramId === null) return;
  const roles = (await findActor(ctx.store.db, residentId)).grants.map(({ role }) => role);
  await mild(ctx, () => setStaffMenu(ctx.api, ctx, ctx.commands, { telegramId, locale, roles }));
};

/** Sets every menu there is, for a new version may bring new commands. Takes a call for each member of staff; ends early at the signal, never throws, failures are logged. */
export const setMenus = async (
  api: Api,
  deps: Pick<BotDeps, "i18n" | "log" | "store">,
  entries: readonly CommandEntry[],
  signal?: AbortSignal,
): Promise<void> => {
  await mild(deps, () => setCommonMenus(api, deps, entries));
  await mild(deps, async () => {
    if (signal?.aborted) return;
    for (const person of await listStaff(deps.store.db)) {
      if (signal?.aborted) return;
      await mild(deps, () => setStaffMenu(api, deps, entries, person));
    }
    for (const { chatId, locale, purpose } of await listBoundChats(deps.store.db)) {
      if (signal?.aborted) return;
      // Nobody types in a channel.
      if (purpose === "channel") continue;
      const scope = { type: "chat", chat_id: chatId } as const;
      const commands = menuOf(deps, entries, locale, "group", GROUP_ROLES[purpose]);
      await mild(deps, () => api.setMyCommands(commands, { scope }));
    }
  });
};

/** A menu is a convenience: commands work without it, so a failure must not undo what brought it about. */
const mild = async ({ log }: Pick<BotDeps, "log">, set: () => Promise<unknown>): Promise<void> => {
  try {
    await set();
  } catch (error) {
    log.warn({ err: error }, "command menu not set");
  }
};
