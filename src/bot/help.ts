import type { FormattedString } from "@grammyjs/parse-mode";
import { lines, paragraphs } from "../notices/rich.ts";
import { chatKind, mayUse, themeOf, THEMES, type CommandEntry } from "./commands.ts";
import type { BotContext } from "./context.ts";

/**
 * Says what the person may do in this chat: nothing but the table of commands, read with their rights. For the staff, who have many, by
 * headings and without examples, which `/help queue` gives; the names of what everybody may come last.
 */
export const helpCommand: CommandEntry = {
  name: "help",
  where: ["private", "group"],
  by: "everyone",
  description: "commands:help",
  usage: "commands:usage.help",
  run: async (ctx, words) => {
    const kind = chatKind(ctx.chat?.type);
    const actor = await ctx.actor();
    const here = ctx.commands.filter((entry) => entry.where.includes(kind) && mayUse(actor, entry));
    const asked = words.replace(/^\//, "").toLowerCase();
    const one = here.find(({ name }) => name === asked);
    if (one !== undefined) return ctx.say({ text: withUsage(ctx, one) });
    const everybodys = here.filter((entry) => entry.by === "everyone");
    const about = ctx.rich(kind === "private" ? "bot:help.private" : "bot:help.group", { bot: ctx.botUsername });
    const staffs = here.find((entry) => entry.by !== "everyone");
    if (staffs === undefined) {
      return ctx.say({ text: paragraphs(about, lines(...everybodys.map((entry) => withUsage(ctx, entry)))) });
    }
    return ctx.say({
      text: paragraphs(
        ctx.rich("bot:help.staff", { name: staffs.name }),
        ...THEMES.map((theme) => {
          const entries = here.filter((entry) => themeOf(entry) === theme);
          if (entries.length === 0) return null;
          return lines(ctx.rich(`bot:help.theme.${theme}`), ...entries.map((entry) => lineOf(ctx, entry)));
        }),
        lines(ctx.rich("bot:help.own"), everybodys.map(({ name }) => `/${name}`).join(" ")),
      ),
    });
  },
};

const lineOf = (ctx: BotContext, { name, description }: CommandEntry): FormattedString =>
  ctx.rich("bot:help.line", { name, description: ctx.t(description) });

const withUsage = (ctx: BotContext, entry: CommandEntry): FormattedString =>
  lines(
    lineOf(ctx, entry),
    entry.usage === undefined ? null : ctx.rich("bot:help.usage", { usage: ctx.t(entry.usage) }),
  );
