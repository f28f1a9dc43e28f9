/** What residents may type; `/help` lists it. */
import type { CommandEntry } from "../commands.ts";
import type { BotContext } from "../context.ts";
import { askToDrop, showAnswer } from "../officer/drafts.ts";
import { askToCancel, beginReport, showDraft } from "./draft.ts";
import { followTyped, unfollowTyped } from "./follow.ts";
import { askLanguage } from "./language.ts";
import { showOwnReports, showReport } from "./reports.ts";
import { askToForget, sendData } from "./own-data.ts";
import { withdrawTyped } from "./withdraw.ts";
import { showSettings } from "./settings.ts";
import { start } from "./start.ts";
import { askToVolunteer } from "./volunteer.ts";
import { statsTyped } from "../stats.ts";

const PRIVATE = ["private"] as const;

/** What an officer is writing is an answer while it is the last thing they touched. */
const orAnswer =
  (answer: (ctx: BotContext, reportId: number) => Promise<void>, own: (ctx: BotContext) => Promise<void>) =>
  (ctx: BotContext): Promise<void> =>
    ctx.visit.answering === null ? own(ctx) : answer(ctx, ctx.visit.answering);

export const residentCommands: readonly CommandEntry[] = [
  { name: "start", where: PRIVATE, by: "everyone", description: "resident:command.start", run: start },
  { name: "new", where: PRIVATE, by: "everyone", description: "resident:command.new", run: beginReport },
  {
    name: "myreports",
    where: PRIVATE,
    by: "everyone",
    description: "resident:command.myreports",
    // «/myreports 12» goes straight to the report.
    run: (ctx, words) => (/^\d{1,12}$/.test(words) ? showReport(ctx, Number(words), null) : showOwnReports(ctx, 0)),
  },
  {
    name: "withdraw",
    where: PRIVATE,
    by: "everyone",
    description: "people:command.withdraw",
    usage: "people:usage.withdraw",
    run: withdrawTyped,
  },
  {
    name: "draft",
    where: PRIVATE,
    by: "everyone",
    description: "resident:command.draft",
    run: orAnswer(showAnswer, showDraft),
  },
  {
    name: "cancel",
    where: PRIVATE,
    by: "everyone",
    description: "resident:command.cancel",
    run: orAnswer(askToDrop, askToCancel),
  },
  {
    name: "follow",
    where: PRIVATE,
    by: "everyone",
    description: "check:command.follow",
    usage: "check:usage.follow",
    run: followTyped,
  },
  {
    name: "unfollow",
    where: PRIVATE,
    by: "everyone",
    description: "check:command.unfollow",
    usage: "check:usage.unfollow",
    run: unfollowTyped,
  },
  {
    name: "volunteer",
    where: PRIVATE,
    by: "everyone",
    description: "check:command.volunteer",
    run: askToVolunteer,
  },
  {
    name: "stats",
    where: ["private", "group"],
    by: "everyone",
    description: "stats:command",
    usage: "stats:usage",
    run: statsTyped,
  },
  { name: "language", where: PRIVATE, by: "everyone", description: "resident:command.language", run: askLanguage },
  { name: "settings", where: PRIVATE, by: "everyone", description: "settings:command", run: showSettings },
  { name: "mydata", where: PRIVATE, by: "everyone", description: "people:command.mydata", run: sendData },
  { name: "forget", where: PRIVATE, by: "everyone", description: "people:command.forget", run: askToForget },
];
