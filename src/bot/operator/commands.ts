/** What operators may type. */
import type { CommandEntry } from "../commands.ts";
import { intake } from "./intake.ts";
import { word } from "./word.ts";

export const operatorCommands: readonly CommandEntry[] = [
  {
    name: "intake",
    where: ["private"],
    by: ["operator", "admin"],
    description: "people:command.intake",
    usage: "people:usage.intake",
    run: intake,
  },
  {
    name: "word",
    where: ["private"],
    by: ["operator", "admin"],
    description: "people:command.word",
    usage: "people:usage.word",
    run: word,
  },
];
