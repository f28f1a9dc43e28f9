/** Replies to a question that are simply written into the chat; what might as well belong to a new report is asked about. */
import { holdMore, holdWords, releaseWords, type Held } from "../../actions/hold-words.ts";
import { replyToQuestion, type ReplyRefusal } from "../../actions/reply-to-question.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import type { Button } from "../../notices/message.ts";
import { topicTitle } from "../../notices/report-words.ts";
import { listOpenQuestions } from "../../store/queries/open-questions.ts";
import { findReportAlbum, findReportMessage } from "../../store/queries/report-messages.ts";
import { findVisit } from "../../store/queries/residents.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { thanksForReply } from "../reply-thanks.ts";
import { continueForm } from "./form.ts";
import { menuChoice } from "./keyboards.ts";
import { toInput } from "./to-input.ts";

/** Takes a message that answers a question; false for every other. */
export const takeReply = async (ctx: BotContext): Promise<boolean> => {
  const input = ctx.message === undefined ? null : toInput(ctx.message);
  if (input === null || ctx.chat === undefined || (input.kind !== "text" && input.kind !== "photo")) return false;
  if (input.kind === "text" && menuChoice(ctx, input.text) !== null) return false;
  const chatId = ctx.chat.id;
  // Delivered again after it was taken: then no question waits any more, and the form must not take it.
  if (ctx.visit.isHandled) return (await findReportMessage(ctx.store.db, chatId, input.messageId)) !== null;
  if (await takeRestOfAlbum(ctx, chatId, input)) return true;
  if (!ctx.visit.isQuestioned) return false;
  if (ctx.visit.isAsked && (await holdMore(ctx, { chatId, held: input }))) return true;
  const open = await listOpenQuestions(ctx.store.db, ctx.resident.id);
  const [only, ...others] = open;
  if (only === undefined) return false;
  if (others.length === 0 && ctx.visit.draft === null) {
    await reply(ctx, only.id, [input]);
    return true;
  }
  await askWhose(ctx, chatId, open, input);
  return true;
};

/** Photos of an album arrive one by one; the first has answered, and the others belong to it. */
const takeRestOfAlbum = async (ctx: BotContext, chatId: number, input: Held): Promise<boolean> => {
  if (input.kind !== "photo" || input.albumId === null) return false;
  const album = await findReportAlbum(ctx.store.db, chatId, input.albumId);
  if (album === null || album.additionId === null || album.reportId === null) return false;
  await reply(ctx, album.reportId, [input]);
  return true;
};

const askWhose = async (
  ctx: BotContext,
  chatId: number,
  open: readonly { id: number; topicId: string }[],
  held: Held,
): Promise<void> => {
  const reading = readingOf(ctx);
  const askingId = await ctx.say({
    text: ctx.rich("moderation:whose.ask"),
    buttons: [
      ...open.map(({ id, topicId }): Button[] => [
        {
          label: ctx.t("moderation:whose.question", { number: String(id), topic: topicTitle(reading, topicId) }),
          act: { kind: "go", to: "whose", option: String(id) },
        },
      ]),
      [{ label: ctx.t("moderation:whose.report"), act: { kind: "go", to: "whose", option: "0" } }],
    ],
  });
  if (askingId !== null) await holdWords(ctx, { chatId, askingId, held }, ctx.now());
};

/** A press on what the words belong to: the question about report `option`, or, for 0, the report being written. */
export const pressWhose = async (ctx: BotContext, option: string): Promise<void> => {
  const askingId = ctx.callbackQuery?.message?.message_id;
  const reportId = /^\d{1,12}$/.test(option) ? Number(option) : null;
  const held =
    askingId === undefined || ctx.chat === undefined || reportId === null
      ? null
      : await releaseWords(ctx, { chatId: ctx.chat.id, askingId });
  if (held === null || reportId === null) {
    ctx.toast("resident:old");
    return;
  }
  if (reportId > 0) {
    await ctx.change({ text: ctx.rich("moderation:whose.to_question", { number: String(reportId) }) });
    return reply(ctx, reportId, held);
  }
  await ctx.change({ text: ctx.rich("moderation:whose.to_report") });
  for (const input of held) {
    await seeAnew(ctx);
    await continueForm(ctx, input);
  }
};

/** Several inputs of one update: each goes on from what the last one left. */
const seeAnew = async (ctx: BotContext): Promise<void> => {
  const { telegramId } = ctx.resident;
  const visit = telegramId === null ? null : await findVisit(ctx.store.db, telegramId, ctx.update.update_id);
  if (visit !== null) ctx.visit = { ...visit, isHandled: false };
};

const reply = async (ctx: BotContext, reportId: number, held: readonly Held[]): Promise<void> => {
  const [first] = held;
  if (first === undefined || ctx.chat === undefined) return;
  const words = held.map((one) => (one.kind === "text" ? one.text : one.caption)).filter((told) => told !== null);
  const photos = held.flatMap((one) => (one.kind === "photo" ? [one.photo] : []));
  const albumId = held.map((one) => (one.kind === "photo" ? one.albumId : null)).find((id) => id !== null) ?? null;
  const replied = await replyToQuestion(
    ctx,
    {
      actorId: ctx.resident.id,
      reportId,
      words: words.length === 0 ? null : words.join("\n"),
      photos,
      message: { chatId: ctx.chat.id, messageId: first.messageId, albumId },
      updateId: ctx.update.update_id,
    },
    ctx.now(),
  );
  const number = String(reportId);
  if (replied.ok && replied.isMore) return;
  const [key, params] = replied.ok ? thanksForReply(readingOf(ctx), replied.report) : refusalOf(ctx, number, replied);
  await ctx.say({ text: ctx.rich(key, params), about: reportId });
};

const refusalOf = (ctx: BotContext, number: string, refusal: ReplyRefusal): readonly [Key, Params] => {
  switch (refusal.why) {
    case "not_found":
    case "not_allowed":
      return ["resident:report.unknown", { number }];
    case "words_or_photo":
      return ["people:added.nothing", { number }];
    case "words_too_long":
    case "no_room":
      return [`people:added.${refusal.why}`, { number }];
    case "not_asked":
      return ["moderation:whose.not_asked", { number, status: ctx.t(`notices:status.${refusal.status}`) }];
  }
};
