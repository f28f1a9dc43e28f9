/** Takes messages that answer one of the bot's questions, before anything else may think they are a new report. */
import { Composer } from "grammy";
import { addToAnswer } from "../actions/add-to-answer.ts";
import { unnumbered } from "../actions/ask-question.ts";
import type { Input } from "../form/input.ts";
import { findLastAnswered, findQuestion, type Question } from "../store/queries/prompts.ts";
import { ASKS, cancelAsk, drop, forget, settle, type Ask } from "./asks.ts";
import { unpack } from "./callback-data.ts";
import type { BotContext } from "./context.ts";
import { takeVerdict } from "./inspector/verdict.ts";
import { takeWhere } from "./inspector/checks.ts";
import { takeIntake } from "./operator/intake.ts";
import { takeContest, takeRefutation } from "./resident/check.ts";
import { menuChoice } from "./resident/keyboards.ts";
import { takeAppeal } from "./resident/rejected.ts";
import { toInput } from "./resident/to-input.ts";
import { takeHome } from "./resident/volunteer.ts";
import type { Took } from "./told.ts";

/** An unanswered question holds the next message for so long; a reply to it is understood for a week. */
const OPEN_HOURS = 24;

/** So long after a question a photo may still follow its answer. */
const LATE_MINUTES = 15;

export const askedComposer = new Composer<BotContext>();

// Whoever goes on with the form means the form by what they write next.
askedComposer.on("callback_query:data", async (ctx, next) => {
  const act = unpack(ctx.callbackQuery.data);
  if (act?.kind === "go" && act.to === "ask-cancel") return cancelAsk(ctx);
  if (act?.kind === "form" && ctx.visit.isAsked) await forget(ctx);
  return next();
});

askedComposer.on("message", async (ctx, next) => ((await takeAnswer(ctx)) ? undefined : next()));

const takeAnswer = async (ctx: BotContext): Promise<boolean> => {
  const question = await findOwn(ctx);
  const input = ctx.message === undefined ? null : toInput(ctx.message);
  if (input === null || ctx.message === undefined) return false;
  if (question === null) return takeLate(ctx, input);
  const { message_id: messageId, media_group_id: albumId = null } = ctx.message;
  if (question.answeredBy !== null) {
    if (question.answeredBy === messageId) return true;
    if (albumId !== null && question.albumId === albumId) return addRest(ctx, question, input);
    return addLate(ctx, question, input, albumId);
  }
  if (input.kind === "text" && /^\/cancel(@|\s|$)/.test(input.text)) {
    await settle(ctx, question);
    await ctx.tell("check:ask.cancelled");
    return true;
  }
  if (input.kind === "text" && (input.text.startsWith("/") || menuChoice(ctx, input.text) !== null)) {
    await drop(ctx, question);
    return false;
  }
  const isRest = albumId !== null && question.albumId === albumId;
  const took = await TAKERS[question.act as Ask](ctx, question, input, isRest);
  if (took === "overtaken") {
    const answered = await findOwn(ctx);
    return answered !== null && addRest(ctx, answered, input);
  }
  if (took === "not_it") await drop(ctx, question);
  if (took === "done") await settle(ctx, question);
  return took !== "not_it";
};

/** The question this message answers, if any; whoever is asked nothing costs no look into the database. */
const findOwn = async (ctx: BotContext): Promise<Question | null> => {
  const { message } = ctx;
  if (message === undefined) return null;
  const isPrivate = message.chat.type === "private";
  const repliesTo = message.reply_to_message?.message_id ?? null;
  if (isPrivate ? !ctx.visit.isAsked : repliesTo === null) return null;
  const { message_id: messageId, media_group_id: albumId = null } = message;
  const openSince = isPrivate ? new Date(ctx.now().getTime() - OPEN_HOURS * 3_600_000) : null;
  const incoming = { chatId: message.chat.id, messageId, repliesTo, albumId, unnumbered: unnumbered(ctx.resident.id) };
  return findQuestion(ctx.store.db, incoming, ASKS, openSince);
};

/** The rest of an album comes message by message; only what finds no room is worth a word. */
const addRest = async (ctx: BotContext, { additionId, reportId }: Question, input: Input): Promise<boolean> => {
  if (additionId === null || input.kind !== "photo") return false;
  const fits = await addToAnswer(ctx, { id: additionId, words: input.caption, photos: [input.photo] });
  if (!fits) await ctx.tell("check:thanks.full", { number: String(reportId) });
  return true;
};

/** A photo without a word, sent soon after an answer while nothing else is being written, belongs to that answer. */
const takeLate = async (ctx: BotContext, input: Input): Promise<boolean> => {
  const { chat, message, visit } = ctx;
  if (input.kind !== "photo" || input.caption !== null || chat?.type !== "private" || message === undefined)
    return false;
  if (!visit.isAsked || visit.draft !== null || visit.answering !== null) return false;
  const since = new Date(ctx.now().getTime() - LATE_MINUTES * 60_000);
  const question = await findLastAnswered(ctx.store.db, chat.id, ASKS, since);
  return question !== null && addLate(ctx, question, input, message.media_group_id ?? null);
};

/** More of an answer after it was given; the rest of its album then comes without a word. */
const addLate = async (ctx: BotContext, question: Question, input: Input, albumId: string | null): Promise<boolean> => {
  const { additionId: id, reportId } = question;
  // In a group anybody could reply to it.
  if (id === null || input.kind !== "photo" || ctx.chat?.type !== "private") return false;
  const more = { id, words: input.caption, photos: [input.photo], question: { ...question, albumId } };
  const fits = await addToAnswer(ctx, more);
  await ctx.tell(fits ? "check:thanks.more" : "check:thanks.full", { number: String(reportId) });
  return true;
};

type Taker = (ctx: BotContext, question: Question, input: Input, isRest: boolean) => Promise<Took>;

const TAKERS: Record<Ask, Taker> = {
  refute: takeRefutation,
  contest: takeContest,
  uphold: takeVerdict,
  reopen: takeVerdict,
  give_up: takeVerdict,
  volunteer: takeHome,
  where: takeWhere,
  intake: takeIntake,
  appeal: takeAppeal,
};
