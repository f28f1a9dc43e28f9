/** Commands as data: an entry brings its guard, its line in /help and its place in Telegram's menus. */
import { Composer } from "grammy";
import type { Key } from "../i18n/keys.ts";
import { hasRole, type Actor } from "../report/permission.ts";
import type { StaffRole } from "../report/status.ts";
import type { BotContext } from "./context.ts";
import { parseCommand } from "./parse-command.ts";

export type ChatKind = "private" | "group";

/** The headings of /help: what an editor does is too much for one. */
export const THEMES = [
  "moderation",
  "answers",
  "reports",
  "officer",
  "inspector",
  "operator",
  "admin",
  "programs",
] as const;
export type Theme = (typeof THEMES)[number];

export type CommandEntry = {
  /** Latin, lower case, without the slash. */
  name: string;
  /** Where it works; elsewhere the person is told where it does. */
  where: readonly ChatKind[];
  /** Who may: everyone, or whoever holds one of the roles at this moment. */
  by: "everyone" | readonly [StaffRole, ...StaffRole[]];
  /** Under which heading /help shows it; not said, it is the heading of the first role that may. */
  theme?: Theme;
  /** One line for menus and /help. */
  description: Key;
  /** How it is written, with an example; shown in /help and when it was written wrongly. */
  usage?: Key;
  /** `words` is what stands after the command, trimmed. */
  run(ctx: BotContext, words: string): Promise<unknown>;
};

/** The heading a command of the staff stands under; null for everybody's. */
export const themeOf = ({ by, theme }: Pick<CommandEntry, "by" | "theme">): Theme | null => {
  if (by === "everyone") return null;
  if (theme !== undefined) return theme;
  return by[0] === "editor" ? "reports" : by[0];
};

/** Which of the two kinds of chat with people this is. */
export const chatKind = (type: string | undefined): ChatKind => (type === "private" ? "private" : "group");

/** Whether this person may use the command. */
export const mayUse = (actor: Actor, { by }: CommandEntry): boolean => by === "everyone" || hasRole(actor, ...by);

/** Runs the commands of the table for whoever may; every other command is answered with the reason. */
export const commandsComposer = (entries: readonly CommandEntry[]): Composer<BotContext> => {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  if (byName.size !== entries.length) throw new Error("Two commands have the same name");
  const composer = new Composer<BotContext>();
  composer.on("message:text", async (ctx, next) => {
    const text = ctx.message.text;
    if (!text.startsWith("/")) return next();
    const kind = chatKind(ctx.chat.type);
    const written = parseCommand(text, ctx.botUsername);
    const entry = written === null ? undefined : byName.get(written.name);
    if (written === null || entry === undefined) {
      // In a group it may be meant for another bot.
      if (kind === "private" || written?.addressed === true) await ctx.tell("bot:command.unknown");
      return undefined;
    }
    if (!entry.where.includes(kind)) {
      const params = { name: entry.name, bot: ctx.botUsername };
      return ctx.tell(kind === "group" ? "bot:command.private_only" : "bot:command.group_only", params);
    }
    if (entry.by !== "everyone" && !mayUse(await ctx.actor(), entry)) {
      ctx.log.info({ command: entry.name, residentId: ctx.resident.id }, "command refused");
      return ctx.tell("bot:command.not_allowed", { name: entry.name });
    }
    return entry.run(ctx, written.words);
  });
  return composer;
};
