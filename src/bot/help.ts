import type { FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../notices/rich.ts";
import { chatKind, mayUse, type CommandEntry } from "./commands.ts";
import type { BotContext } from "./context.ts";

/** Says what the person may do in this chat: nothing but the table of commands, read with their rights. */
export const helpCommand: CommandEntry = {
  name: "help",
  where: ["private", "group"],
  by: "everyone",
  description: "commands:help",
  run: async (ctx) => {
    const kind = chatKind(ctx.chat?.type);
    const actor = await ctx.actor();
    const here = ctx.commands.filter((entry) => entry.where.includes(kind) && mayUse(actor, entry));
    const staff = here.filter((entry) => entry.by !== "everyone");
    await ctx.say({
      text: lines(
        ctx.rich(kind === "private" ? "bot:help.private" : "bot:help.group", { bot: ctx.botUsername }),
        " ",
        ...here.filter((entry) => entry.by === "everyone").map((entry) => lineOf(ctx, entry)),
        ...(staff.length === 0 ? [] : [" ", ctx.rich("bot:help.staff"), ...staff.map((entry) => lineOf(ctx, entry))]),
      ),
    });
  },
};

const lineOf = (ctx: BotContext, { name, description, usage }: CommandEntry): FormattedString =>
  lines(
    ctx.rich("bot:help.line", { name, description: ctx.t(description) }),
    usage === undefined ? null : ctx.rich("bot:help.usage", { usage: ctx.t(usage) }),
  );
