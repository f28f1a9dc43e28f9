/** What inspectors may type; whoever else decides disputes may, too. */
import type { CommandEntry } from "../commands.ts";
import { showChecks } from "./checks.ts";

export const inspectorCommands: readonly CommandEntry[] = [
  {
    name: "checks",
    where: ["private", "group"],
    by: ["inspector", "editor", "admin"],
    description: "check:command.checks",
    usage: "check:usage.checks",
    run: showChecks,
  },
];
