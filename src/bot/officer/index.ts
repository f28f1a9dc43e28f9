/** Everything officers do besides commands: presses on tasks, and answers, by the form or as a reply to a card. */
import { Composer } from "grammy";
import { findReport } from "../../store/queries/report.ts";
import { findReportMessage } from "../../store/queries/report-messages.ts";
import { unpack } from "../callback-data.ts";
import type { BotContext } from "../context.ts";
import { menuChoice } from "../resident/keyboards.ts";
import { toEdit, toInput } from "../resident/to-input.ts";
import { continueAnswering } from "./answer.ts";
import { pressAnswer } from "./drafts.ts";
import { pressTask } from "./presses.ts";
import { findOwnAgency, goTask } from "./tasks.ts";

export const officerComposer = new Composer<BotContext>();

officerComposer.on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind === "answer") return pressAnswer(ctx, act);
  if (act?.kind === "report" && (await pressTask(ctx, act))) return undefined;
  if (act?.kind === "go" && (await goTask(ctx, act.to, act.option))) return undefined;
  return next();
});

officerComposer.on("message", async (ctx, next) => {
  const reportId = (await findRepliedTask(ctx)) ?? findOpenAnswer(ctx);
  const input = reportId === null ? null : toInput(ctx.message);
  return reportId === null || input === null ? next() : continueAnswering(ctx, reportId, input);
});

officerComposer.on("edited_message", async (ctx, next) => {
  const { answering } = ctx.visit;
  const input = answering === null || ctx.chat.type !== "private" ? null : toEdit(ctx.editedMessage);
  return answering === null || input === null ? next() : continueAnswering(ctx, answering, input);
});

/** The report of their agency whose card or other message an officer replies to; null for everybody else and any other message. */
const findRepliedTask = async (ctx: BotContext): Promise<number | null> => {
  const { message } = ctx;
  const repliedTo = message?.reply_to_message?.message_id;
  if (message === undefined || repliedTo === undefined) return null;
  const about = await findReportMessage(ctx.store.db, message.chat.id, repliedTo);
  const agencyId = about === null ? null : await findOwnAgency(ctx);
  if (about === null || agencyId === null) return null;
  const report = await findReport(ctx.store.db, about.reportId);
  // Whoever works for the agency may have filed the report themselves, and speaks of it then as its author.
  return report?.agencyId === agencyId && report.authorId !== ctx.resident.id ? about.reportId : null;
};

/** The answer that goes on with what an officer writes next in private; a button of the menu is meant for the menu. */
const findOpenAnswer = (ctx: BotContext): number | null => {
  const { message, visit } = ctx;
  if (message === undefined || message.chat.type !== "private") return null;
  return message.text !== undefined && menuChoice(ctx, message.text) !== null ? null : visit.answering;
};
