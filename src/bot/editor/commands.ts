/** What editors and admins may type. One entry a command; guard, /help and Telegram's menus follow from it. */
import { hasRole } from "../../report/permission.ts";
import type { CommandEntry } from "../commands.ts";
import { showTask } from "../officer/tasks.ts";
import { bind, unbind } from "./bind.ts";
import { invite } from "./invite.ts";
import { acceptTyped, rejectTyped } from "./moderate.ts";
import { showQueue } from "./queue.ts";
import { showReport } from "./report.ts";
import { rerouteTyped } from "./reroute.ts";

export const editorCommands: readonly CommandEntry[] = [
  {
    name: "queue",
    where: ["private", "group"],
    by: ["editor", "admin"],
    description: "commands:queue",
    run: showQueue,
  },
  {
    name: "report",
    where: ["private", "group"],
    by: ["editor", "operator", "officer", "admin"],
    description: "commands:report",
    usage: "commands:usage.report",
    // An officer, who may be nothing else, sees their agency's task and nothing of the resident.
    run: async (ctx, words) =>
      hasRole(await ctx.actor(), "editor", "operator", "admin") ? showReport(ctx, words) : showTask(ctx, words),
  },
  {
    name: "accept",
    where: ["private", "group"],
    by: ["editor", "admin"],
    description: "commands:accept",
    usage: "commands:usage.accept",
    run: acceptTyped,
  },
  {
    name: "reject",
    where: ["private", "group"],
    by: ["editor", "admin"],
    description: "commands:reject",
    usage: "commands:usage.reject",
    run: rejectTyped,
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
    description: "officer:command.reroute",
    usage: "officer:usage.reroute",
    run: rerouteTyped,
  },
  {
    name: "bind",
    where: ["group"],
    by: ["admin"],
    description: "commands:bind",
    usage: "commands:usage.bind",
    run: bind,
  },
  { name: "unbind", where: ["group"], by: ["admin"], description: "commands:unbind", run: unbind },
];
