/** What officers may type besides everybody's commands. */
import type { CommandEntry } from "../commands.ts";
import { showTasks } from "./tasks.ts";

export const officerCommands: readonly CommandEntry[] = [
  {
    name: "tasks",
    where: ["private", "group"],
    by: ["officer"],
    description: "officer:command.tasks",
    run: showTasks,
  },
];
