/** What editors and admins may type. One entry a command; guard, /help and Telegram's menus follow from it. */
import type { CommandEntry } from "../commands.ts";
import { bind, unbind } from "./bind.ts";
import { invite } from "./invite.ts";
import { acceptTyped, rejectTyped } from "./moderate.ts";
import { showQueue } from "./queue.ts";
import { showReport } from "./report.ts";

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
    by: ["editor", "operator", "admin"],
    description: "commands:report",
    usage: "commands:usage.report",
    run: showReport,
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
    name: "bind",
    where: ["group"],
    by: ["admin"],
    description: "commands:bind",
    usage: "commands:usage.bind",
    run: bind,
  },
  { name: "unbind", where: ["group"], by: ["admin"], description: "commands:unbind", run: unbind },
];
