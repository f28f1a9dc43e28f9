/** Questions whose answer is simply the next message: the bot asks, and what comes next in private, or replies to it, is the answer. */
import { FormattedString } from "@grammyjs/parse-mode";
import type { User } from "grammy/types";
import { askQuestion, dropQuestions, numberQuestion, unnumbered } from "../actions/ask-question.ts";
import type { Key, Params } from "../i18n/keys.ts";
import type { OutMessage } from "../notices/message.ts";
import { lines } from "../notices/rich.ts";
import type { Question } from "../store/queries/prompts.ts";
import { AnswerLater } from "./answer-later.ts";
import type { BotContext } from "./context.ts";
import { takeButtons } from "./send.ts";

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

/** What is asked and of which report; `version` is the report's, of a vote or a decision its cycle, and 0 where it is about none. */
type Asked = { act: Ask; reportId: number | null; version: number };

/** Asks whoever pressed or typed: in private with a way out below, in a group by a reply that only they are led to. */
export const ask = async (
  ctx: BotContext,
  what: Asked,
  question: { text: readonly [Key, Params?]; placeholder: Key },
): Promise<void> => {
  if (ctx.chat === undefined) return;
  const isPrivate = ctx.chat.type === "private";
  const text = ctx.rich(...question.text);
  await sayAsking(
    ctx,
    what,
    isPrivate
      ? { text, buttons: [[{ label: ctx.t("check:button.cancel"), act: { kind: "go", to: "ask-cancel" } }]] }
      : { text: ctx.from === undefined ? text : lines(mention(ctx.from), text), asks: ctx.t(question.placeholder) },
  );
};

/** Says a message that asks: what comes next is its answer, however quick it comes. */
export const sayAsking = async (ctx: BotContext, what: Asked, message: OutMessage): Promise<void> => {
  const asked = { chatId: chatOf(ctx), residentId: ctx.resident.id };
  await askQuestion(ctx, { ...asked, ...what }, ASKS, ctx.now());
  const messageId = await ctx.say(message).catch(async (error: unknown) => {
    // Said later, it waits; never said, it must not take what is written next.
    if (!(error instanceof AnswerLater)) await numberQuestion(ctx, asked, null);
    throw error;
  });
  const question = await numberQuestion(ctx, asked, messageId);
  if (question !== null && question.answeredBy !== null) await takeWayOut(ctx, question);
};

const chatOf = (ctx: BotContext): number => ctx.chat?.id ?? ctx.resident.id;

const takeWayOut = async (ctx: BotContext, { chatId, messageId }: Question): Promise<void> => {
  if (chatId > 0 && messageId > 0) await takeButtons(ctx.api, chatId, messageId);
};

/** Whatever is asked in this private chat is asked no more. */
export const forget = async (ctx: BotContext): Promise<void> => {
  if (ctx.chat?.type === "private") await dropQuestions(ctx, { chatId: ctx.chat.id }, ASKS);
};

/** This question is asked no more: what was written is about something else. */
export const drop = async (ctx: BotContext, { chatId, messageId }: Question): Promise<void> => {
  await dropQuestions(ctx, { chatId, messageIds: [messageId] }, ASKS);
};

/** This question is settled, whatever came of it, and there is no way out of it any more. */
export const settle = async (ctx: BotContext, question: Question): Promise<void> => {
  await drop(ctx, question);
  await takeWayOut(ctx, question);
};

/** A press on «Отмена»: it takes back the question above it, and no other. */
export const cancelAsk = async (ctx: BotContext): Promise<void> => {
  const messageId = ctx.callbackQuery?.message?.message_id;
  if (messageId === undefined) return;
  const messageIds = [messageId, unnumbered(ctx.resident.id)];
  if (await dropQuestions(ctx, { chatId: chatOf(ctx), messageIds }, ASKS)) {
    return ctx.change({ text: ctx.rich("check:ask.cancelled") });
  }
  ctx.toast("check:ask.gone");
  await takeButtons(ctx.api, chatOf(ctx), messageId);
};

/** A person's name as a mention, by which Telegram opens the reply for this person alone in a group. */
const mention = (user: User): FormattedString =>
  new FormattedString(user.first_name, [{ type: "text_mention", offset: 0, length: user.first_name.length, user }]);
