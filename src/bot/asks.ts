/** Questions whose answer is simply the next message: the bot asks, and what comes next in private, or replies to it, is the answer. */
import { FormattedString } from "@grammyjs/parse-mode";
import type { User } from "grammy/types";
import { askQuestion, dropQuestions } from "../actions/ask-question.ts";
import type { Key, Params } from "../i18n/keys.ts";
import { lines } from "../notices/rich.ts";
import type { BotContext } from "./context.ts";

/** What is asked for: the words of a vote, of an objection and of the three decisions on a dispute; where somebody is; for whom an operator writes; and why a rejection is not right. */
export const ASKS = [
  "refute",
  "contest",
  "uphold",
  "reopen",
  "give_up",
  "volunteer",
  "where",
  "intake",
  "appeal",
] as const;
export type Ask = (typeof ASKS)[number];

/** Asks whoever pressed or typed: in private with a way out below, in a group by a reply that only they are led to. */
export const ask = async (
  ctx: BotContext,
  what: { act: Ask; reportId: number | null; version: number },
  question: { text: readonly [Key, Params?]; placeholder: Key },
): Promise<void> => {
  if (ctx.chat === undefined) return;
  const isPrivate = ctx.chat.type === "private";
  const text = ctx.rich(...question.text);
  const messageId = await ctx.say(
    isPrivate
      ? { text, buttons: [[{ label: ctx.t("check:button.cancel"), act: { kind: "go", to: "ask-cancel" } }]] }
      : { text: ctx.from === undefined ? text : lines(mention(ctx.from), text), asks: ctx.t(question.placeholder) },
  );
  if (messageId !== null) await remember(ctx, messageId, what);
};

/** Makes a message that was just said a question: what comes next is its answer. */
export const remember = (
  ctx: BotContext,
  messageId: number,
  what: { act: Ask; reportId: number | null; version: number },
): Promise<void> => askQuestion(ctx, { chatId: ctx.chat?.id ?? ctx.resident.id, messageId, ...what }, ASKS, ctx.now());

/** Whatever is asked in this private chat is asked no more. */
export const forget = async (ctx: BotContext): Promise<void> => {
  if (ctx.chat !== undefined) await dropQuestions(ctx, ctx.chat.id, ASKS);
};

/** A press on «Отмена». */
export const cancelAsk = async (ctx: BotContext): Promise<void> => {
  await forget(ctx);
  await ctx.change({ text: ctx.rich("check:ask.cancelled") });
};

/** A person's name as a mention, by which Telegram opens the reply for this person alone in a group. */
const mention = (user: User): FormattedString =>
  new FormattedString(user.first_name, [{ type: "text_mention", offset: 0, length: user.first_name.length, user }]);
