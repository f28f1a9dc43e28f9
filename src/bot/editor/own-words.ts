/** Own words for a decision: the bot asks, a reply to its question is the answer. Which question means what stands in the database. */
import { FormattedString } from "@grammyjs/parse-mode";
import type { User } from "grammy/types";
import { forgetPrompt, rememberPrompt } from "../../actions/remember-prompt.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { lines } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { findPrompt } from "../../store/queries/prompts.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { reject } from "./decide.ts";

/** What the words asked for here are for. */
const ACT = "reject";

/** Asks whoever pressed for the reason in their own words. */
export const askForWords = async (ctx: BotContext, report: ReportView): Promise<void> => {
  const messageId = await ctx.say({
    text: lines(
      ctx.chat?.type === "private" || ctx.from === undefined ? null : mention(ctx.from),
      ctx.rich("staff:words.ask", { number: String(report.id) }),
    ),
    asks: ctx.t("staff:words.placeholder"),
  });
  if (messageId === null || ctx.chat === undefined) return;
  const prompt = { chatId: ctx.chat.id, messageId, act: ACT, reportId: report.id, version: report.version };
  await rememberPrompt(ctx, prompt, ctx.now());
};

/** A person's name as a mention, by which Telegram opens the reply for this person alone in a group. */
const mention = (user: User): FormattedString =>
  new FormattedString(user.first_name, [{ type: "text_mention", offset: 0, length: user.first_name.length, user }]);

/** Takes a reply to such a question; false when the message replies to none. */
export const takeWords = async (ctx: BotContext): Promise<boolean> => {
  const message = ctx.message;
  const asked = message?.reply_to_message?.message_id;
  if (message === undefined || asked === undefined) return false;
  const prompt = await findPrompt(ctx.store.db, message.chat.id, asked);
  if (prompt === null || prompt.act !== ACT || prompt.reportId === null) return false;
  const { reportId, version } = prompt;
  if (!hasRole(await ctx.actor(), "editor", "admin")) {
    await ctx.tell("staff:refused.stranger");
    return true;
  }
  if (message.text === undefined) {
    await ctx.tell("staff:words.text_only");
    return true;
  }
  const outcome = await reject(ctx, readingOf(ctx), { reportId, version }, { words: message.text });
  // Too long or refused otherwise: the same question still waits for better words.
  if (outcome.done || outcome.stale) await forgetPrompt(ctx, prompt);
  await ctx.tell(...outcome.said);
  return true;
};
