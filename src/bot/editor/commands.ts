/** What editors and admins may type. One entry a command; guard, /help and Telegram's menus follow from it. */
import { hasRole } from "../../report/permission.ts";
import type { CommandEntry } from "../commands.ts";
import { isOwnTask, showTask } from "../officer/tasks.ts";
import { bind, unbind } from "./bind.ts";
import { findTyped } from "./find.ts";
import { invite } from "./invite.ts";
import { acceptTyped, rejectTyped } from "./moderate.ts";
import { showQueue } from "./queue.ts";
import { showReport } from "./report.ts";
import {
  askTyped,
  banTyped,
  mergeTyped,
  noteTyped,
  publishTyped,
  returnTyped,
  unbanTyped,
  undoTyped,
  unmergeTyped,
} from "./typed.ts";
import { rerouteTyped } from "./reroute.ts";

export const editorCommands: readonly CommandEntry[] = [
  {
    name: "queue",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "moderation",
    description: "commands:queue",
    usage: "commands:usage.queue",
    run: showQueue,
  },
  {
    name: "report",
    where: ["private", "group"],
    by: ["editor", "operator", "officer", "admin"],
    description: "commands:report",
    usage: "commands:usage.report",
    // An officer sees their agency's task and nothing of the resident, even one who is an operator, too.
    run: async (ctx, words) => {
      const actor = await ctx.actor();
      if (hasRole(actor, "editor", "admin")) return showReport(ctx, words);
      return hasRole(actor, "operator") && !(await isOwnTask(ctx, words))
        ? showReport(ctx, words)
        : showTask(ctx, words);
    },
  },
  {
    name: "accept",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "moderation",
    description: "commands:accept",
    usage: "commands:usage.accept",
    run: acceptTyped,
  },
  {
    name: "reject",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "moderation",
    description: "commands:reject",
    usage: "commands:usage.reject",
    run: rejectTyped,
  },
  {
    name: "ask",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "moderation",
    description: "commands:ask",
    usage: "commands:usage.ask",
    run: askTyped,
  },
  {
    name: "merge",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "moderation",
    description: "commands:merge",
    usage: "commands:usage.merge",
    run: mergeTyped,
  },
  {
    name: "unmerge",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "moderation",
    description: "commands:unmerge",
    usage: "commands:usage.unmerge",
    run: unmergeTyped,
  },
  {
    name: "publish",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "answers",
    description: "commands:publish",
    usage: "commands:usage.publish",
    run: publishTyped,
  },
  {
    name: "return",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "answers",
    description: "commands:return",
    usage: "commands:usage.return",
    run: returnTyped,
  },
  {
    name: "undo",
    where: ["private", "group"],
    by: ["editor", "inspector", "admin"],
    description: "commands:undo",
    run: undoTyped,
  },
  {
    name: "find",
    where: ["private", "group"],
    by: ["editor", "admin"],
    description: "commands:find",
    usage: "commands:usage.find",
    run: findTyped,
  },
  {
    name: "note",
    where: ["private", "group"],
    by: ["editor", "admin"],
    description: "commands:note",
    usage: "commands:usage.note",
    run: noteTyped,
  },
  {
    name: "ban",
    where: ["private", "group"],
    by: ["editor", "admin"],
    description: "commands:ban",
    usage: "commands:usage.ban",
    run: banTyped,
  },
  {
    name: "unban",
    where: ["private", "group"],
    by: ["editor", "admin"],
    description: "commands:unban",
    usage: "commands:usage.unban",
    run: unbanTyped,
  },
  {
    // Its link makes whoever opens it first an editor, so it is not shown to a whole group.
    name: "invite",
    where: ["private"],
    by: ["admin"],
    description: "commands:invite",
    usage: "commands:usage.invite",
    run: invite,
  },
  {
    name: "reroute",
    where: ["private", "group"],
    by: ["editor", "admin"],
    theme: "answers",
    description: "officer:command.reroute",
    usage: "officer:usage.reroute",
    run: rerouteTyped,
  },
  {
    name: "bind",
    where: ["private", "group"],
    by: ["admin"],
    description: "commands:bind",
    usage: "commands:usage.bind",
    run: bind,
  },
  { name: "unbind", where: ["private", "group"], by: ["admin"], description: "commands:unbind", run: unbind },
];
