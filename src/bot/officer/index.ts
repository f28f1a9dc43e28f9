/** Everything officers do besides commands: presses on tasks, and answers, by the form or as a reply to a card. */
import { Composer } from "grammy";
import { findReport } from "../../store/queries/report.ts";
import { unpack } from "../callback-data.ts";
import type { BotContext } from "../context.ts";
import { findAbout } from "../find-about.ts";
import { menuChoice } from "../resident/keyboards.ts";
import { toEdit, toInput } from "../resident/to-input.ts";
import { continueAnswering } from "./answer.ts";
import { pressAnswer } from "./drafts.ts";
import { pressPlainWords, takePlainWords } from "./plain-words.ts";
import { pressTask } from "./presses.ts";
import { findOwnAgency, goTask } from "./tasks.ts";

export const officerComposer = new Composer<BotContext>();

officerComposer.on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind === "answer") return pressAnswer(ctx, act);
  if (act?.kind === "report" && (await pressTask(ctx, act))) return undefined;
  if (act?.kind === "go" && act.to === "task-words" && (await pressPlainWords(ctx, act.option ?? ""))) return undefined;
  if (act?.kind === "go" && (await goTask(ctx, act.to, act.option))) return undefined;
  return next();
});

officerComposer.on("message", async (ctx, next) => {
  const input = toInput(ctx.message);
  if (input === null) return next();
  const replied = await findReplied(ctx);
  const reportId = replied?.taskId ?? (replied === null ? findOpenAnswer(ctx) : null);
  if (reportId !== null) return continueAnswering(ctx, reportId, input);
  if (replied === null && (await takePlainWords(ctx, input))) return undefined;
  if (replied === null) await tellReplyToCard(ctx);
  return next();
});

officerComposer.on("edited_message", async (ctx, next) => {
  const { answering } = ctx.visit;
  const input = answering === null || ctx.chat.type !== "private" ? null : toEdit(ctx.editedMessage);
  return answering === null || input === null ? next() : continueAnswering(ctx, answering, input);
});

/**
 * What an officer's reply is about: a task of their agency, or (`taskId` null) any other report; null for everybody else, and for a
 * message that is no reply or replies to nothing about a report.
 */
const findReplied = async (ctx: BotContext): Promise<{ taskId: number | null } | null> => {
  const { message } = ctx;
  if (message?.reply_to_message === undefined) return null;
  const agencyId = await findOwnAgency(ctx);
  const about = agencyId === null ? null : await findAbout(ctx, message, message.reply_to_message);
  if (about === null || about.reportId === null) return null;
  const report = await findReport(ctx.store.db, about.reportId);
  // Whoever works for the agency may have filed the report themselves, and speaks of it then as its author.
  const isTask = report?.agencyId === agencyId && report?.authorId !== ctx.resident.id;
  return { taskId: isTask ? about.reportId : null };
};

/** In a group only cards can be answered; whoever replies to anything else the bot said is led to one. */
const tellReplyToCard = async (ctx: BotContext): Promise<unknown> => {
  const isToUs = ctx.message?.reply_to_message?.from?.id === ctx.me.id;
  if (!isToUs || ctx.chat?.type === "private" || (await findOwnAgency(ctx)) === null) return undefined;
  return ctx.tell("officer:plain.reply_to_card");
};

/** The answer that goes on with what an officer writes next in private; a button of the menu is meant for the menu. */
const findOpenAnswer = (ctx: BotContext): number | null => {
  const { message, visit } = ctx;
  if (message === undefined || message.chat.type !== "private") return null;
  return message.text !== undefined && menuChoice(ctx, message.text) !== null ? null : visit.answering;
};
