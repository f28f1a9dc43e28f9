/** Own words for the decision on an answer: the bot asks, a reply to its question is the remark. Which question means what stands in the database. */
import { FormattedString } from "@grammyjs/parse-mode";
import type { User } from "grammy/types";
import { forgetPrompt, rememberPrompt } from "../../actions/remember-prompt.ts";
import type { Key } from "../../i18n/keys.ts";
import type { Reading } from "../../notices/dates.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { lines } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { findPrompt } from "../../store/queries/prompts.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import type { Outcome, Target } from "./decide.ts";
import { giveBack, handOn, refuse } from "./decide-answer.ts";

type Prompted = {
  ask: Key;
  placeholder: Key;
  take(ctx: BotContext, reading: Reading, target: Target, words: string): Promise<Outcome>;
};

/** «3 Первая служба ответила поздно»: so many days, and why. */
const DAYS_AND_REASON = /^\s*(\d{1,3})\D\s*([\s\S]*)$/;

const PROMPTED = {
  "answer-return": { ask: "officer:words.return", placeholder: "officer:words.remark", take: giveBack },
  "answer-refuse": { ask: "officer:words.refuse", placeholder: "officer:words.remark", take: refuse },
  "answer-days": {
    ask: "officer:words.days",
    placeholder: "officer:words.days_placeholder",
    take: async (ctx, reading, target, words) => {
      const [, days, reason = ""] = DAYS_AND_REASON.exec(words) ?? [];
      if (days === undefined) return { done: false, stale: false, said: ["officer:words.days_wrong"] };
      return handOn(ctx, reading, target, { added: { days: Number(days), reason } });
    },
  },
} as const satisfies Record<string, Prompted>;

/** A decision that wants words. */
export type PromptedAct = keyof typeof PROMPTED;

const isPrompted = (act: string): act is PromptedAct => Object.hasOwn(PROMPTED, act);

/** Asks whoever pressed for the words. */
export const askForRemark = async (ctx: BotContext, report: ReportView, act: PromptedAct): Promise<void> => {
  const { ask, placeholder } = PROMPTED[act];
  const messageId = await ctx.say({
    text: lines(
      ctx.chat?.type === "private" || ctx.from === undefined ? null : mention(ctx.from),
      ctx.rich(ask, { number: String(report.id) }),
    ),
    asks: ctx.t(placeholder),
  });
  if (messageId === null || ctx.chat === undefined) return;
  const prompt = { chatId: ctx.chat.id, messageId, act, reportId: report.id, version: report.version };
  await rememberPrompt(ctx, prompt, ctx.now());
};

/** A person's name as a mention, by which Telegram opens the reply for this person alone in a group. */
const mention = (user: User): FormattedString =>
  new FormattedString(user.first_name, [{ type: "text_mention", offset: 0, length: user.first_name.length, user }]);

/** Takes a reply to such a question; false when the message replies to none. */
export const takeRemark = async (ctx: BotContext): Promise<boolean> => {
  const message = ctx.message;
  const asked = message?.reply_to_message?.message_id;
  if (message === undefined || asked === undefined) return false;
  const prompt = await findPrompt(ctx.store.db, message.chat.id, asked);
  if (prompt === null || !isPrompted(prompt.act) || prompt.reportId === null) return false;
  const { reportId, version } = prompt;
  if (!hasRole(await ctx.actor(), "editor", "admin")) {
    await ctx.tell("staff:refused.stranger");
    return true;
  }
  if (message.text === undefined) {
    await ctx.tell("staff:words.text_only");
    return true;
  }
  const outcome = await PROMPTED[prompt.act].take(ctx, readingOf(ctx), { reportId, version }, message.text);
  // Too long or refused otherwise: the same question still waits for better words.
  if (outcome.done || outcome.stale) await forgetPrompt(ctx, prompt);
  await ctx.tell(...outcome.said);
  return true;
};
