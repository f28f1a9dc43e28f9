/** Replies to what the bot said of a report: they add to that report, and never begin another one. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { ADDITIONS_A_DAY, addToReport, type AddedToReport, type AddToReport } from "../../actions/add-to-report.ts";
import { logRefusal } from "../../actions/claim-act.ts";
import { replyToQuestion } from "../../actions/reply-to-question.ts";
import type { Photo } from "../../form/draft.ts";
import type { WrongKind } from "../../form/input.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import { lines } from "../../notices/rich.ts";
import { banInWords } from "../../notices/moderation-notices.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { findAbout } from "../find-about.ts";
import { readingOf } from "../reading.ts";
import { thanksForReply } from "../reply-thanks.ts";
import { toInput } from "./to-input.ts";

/** Takes a reply to a message about a report; false for every other message. */
export const takeAddition = async (ctx: BotContext): Promise<boolean> => {
  const { message } = ctx;
  if (message?.reply_to_message === undefined) return false;
  const about = await findAbout(ctx, message, message.reply_to_message);
  if (about === null) return false;
  const { reportId } = about;
  const told = toTold(ctx);
  if (told === null) return true;
  if (reportId === null) {
    await ctx.tell("notices:news.whose");
    return true;
  }
  const { message_id: messageId, media_group_id: albumId = null } = message;
  const place = { chatId: message.chat.id, messageId, albumId };
  if (await replied(ctx, reportId, told, place)) return true;
  const { words, photos } = told;
  const command = { actorId: ctx.resident.id, reportId, words, photos, message: place };
  const added = await addToReport(ctx, command, ctx.now());
  if (!added.ok) logRefusal(ctx, { act: "add", reportId, residentId: ctx.resident.id, why: added.why });
  if (!added.ok && added.why === "banned") {
    await ctx.say({ text: banInWords(readingOf(ctx), added), about: reportId });
    return true;
  }
  const isStaff = !added.ok && added.why === "not_allowed" && (await ctx.actor()).grants.length > 0;
  const said = isStaff ? (["people:added.staff", { number: String(reportId) }] as const) : wordsOf(reportId, added);
  if (said === null) return true;
  const [key, params] = said;
  await ctx.say({ text: lines(ctx.rich(key, params), leftOut(ctx, told)), about: reportId });
  return true;
};

type Told = { words: string | null; photos: readonly Photo[]; leftOut?: WrongKind };

/** What of the message was not taken, and how it could be: nobody is to believe that we have it. */
const leftOut = (ctx: BotContext, { leftOut: what }: Told): FormattedString | null =>
  what === undefined ? null : ctx.rich(`form:wrong.${what}`);

/** Words and photos of the message; null for what no person said, both empty for what cannot be kept. */
const toTold = (ctx: BotContext): Told | null => {
  const input = ctx.message === undefined ? null : toInput(ctx.message);
  switch (input?.kind) {
    case undefined:
      return null;
    case "text":
      return { words: input.text, photos: [] };
    case "photo":
      return { words: input.caption, photos: [input.photo] };
    case "wrong":
      // What was written under a video is no less worth for that.
      return { words: input.caption, photos: [], leftOut: input.what };
    case "location":
    case "press":
    case "edited":
    case "topic":
    case "show":
      return { words: null, photos: [] };
  }
};

/** While a question waits, whatever its author replies to anything about the report answers it. */
const replied = async (
  ctx: BotContext,
  reportId: number,
  told: Told,
  place: AddToReport["message"],
): Promise<boolean> => {
  const { words, photos } = told;
  const isEmpty = words === null && photos.length === 0;
  const report = isEmpty ? null : await findReportView(ctx.store.db, reportId);
  if (report?.status !== "needs_info") return false;
  const command = { actorId: ctx.resident.id, reportId, words, photos, message: place };
  const answered = await replyToQuestion(ctx, command, ctx.now());
  if (!answered.ok) return false;
  const thanks = ctx.rich(...thanksForReply(readingOf(ctx), answered.report));
  await ctx.say({ text: lines(thanks, leftOut(ctx, told)), about: reportId });
  return true;
};

/** What whoever wrote it is told; null where that was said already. */
const wordsOf = (reportId: number, added: Exclude<AddedToReport, { why: "banned" }>): readonly [Key, Params] | null => {
  const params = { number: String(reportId) };
  if (added.ok) return added.how === "new" ? [`people:added.${added.reader}`, params] : null;
  switch (added.why) {
    case "not_found":
      return ["resident:report.unknown", params];
    case "not_allowed":
      return ["people:added.not_own", params];
    case "nothing":
    case "words_too_long":
    case "no_room":
      return [`people:added.${added.why}`, params];
    case "enough":
      return ["people:added.enough", { ...params, most: ADDITIONS_A_DAY }];
    case "resting":
      switch (added.status) {
        case "merged":
          return ["people:added.merged", { ...params, original: String(added.mergedIntoId) }];
        case "rejected":
        case "withdrawn":
        case "closed":
          return [`people:added.${added.status}`, params];
        case "submitted":
        case "needs_info":
        case "assigned":
        case "planned":
        case "answered":
        case "published":
        case "disputed":
          throw new Error(`Somebody owes a step in ${added.status}`);
      }
  }
};
