/** `/word N …`: what a person without Telegram said later, noted by an operator as their vote, their reply or an addition. */
import { addToReport } from "../../actions/add-to-report.ts";
import { contest } from "../../actions/contest.ts";
import type { Voted } from "../../actions/count-vote.ts";
import { recordWord, type WordRefusal } from "../../actions/record-word.ts";
import { replyToQuestion } from "../../actions/reply-to-question.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import { deskInWords } from "../../notices/check-notices.ts";
import { dayInWords } from "../../notices/dates.ts";
import { banParams } from "../../notices/moderation-notices.ts";
import { lastDayOf } from "../../report/due.ts";
import type { VoteValue } from "../../report/verdict.ts";
import { findDesk } from "../../store/queries/audience.ts";
import { findAuthor } from "../../store/queries/author.ts";
import type { BotContext } from "../context.ts";
import { readNumber } from "../editor/report-number.ts";
import { readingOf } from "../reading.ts";
import { thanksForReply } from "../reply-thanks.ts";

type Said = readonly [Key, Params];

/** The longer one first: «не устранено» begins like neither, but «нет» must not be read out of «нетто». */
const VOTES: readonly (readonly [value: VoteValue, words: RegExp])[] = [
  ["refutation", /^(не устранено|не исправлено|not fixed|no|нет)(?![\p{L}\p{N}])[\s:,.—–-]*/iu],
  ["confirmation", /^(устранено|исправлено|fixed|yes|да)(?![\p{L}\p{N}])[\s:,.—–-]*/iu],
];

/** What was said: a vote with the words after it, or (`value` null) words alone. */
export const readWord = (typed: string): { value: VoteValue | null; words: string | null } => {
  for (const [value, pattern] of VOTES) {
    const match = pattern.exec(typed);
    if (match !== null) return { value, words: typed.slice(match[0].length).trim() || null };
  }
  return { value: null, words: typed.trim() || null };
};

/** Notes it; the report's own status says whether words alone are a reply to a question. */
export const word = async (ctx: BotContext, typed: string): Promise<unknown> => {
  const numbered = readNumber(typed);
  if (numbered === null || numbered.rest === "") {
    return ctx.tell("people:word.wrong", { usage: ctx.t("people:usage.word") });
  }
  const { reportId } = numbered;
  const number = String(reportId);
  const found = await findAuthor(ctx.store.db, reportId);
  if (found === null) return ctx.tell("staff:refused.not_found", { number });
  const { operatorId, authorId, status } = found.report;
  if (operatorId === null) return ctx.tell("people:word.not_assisted", { number });
  if (authorId === null) return ctx.tell("people:word.erased", { number });
  const { value, words } = readWord(numbered.rest);
  if (value !== null && status === "published") {
    const told = { words, photos: [], question: null };
    return ctx.tell(
      ...voteInWords(
        ctx,
        reportId,
        await recordWord(ctx, { operatorId: ctx.resident.id, reportId, value, ...told }, ctx.now()),
      ),
    );
  }
  // Who had no button to say so in time says it at the desk.
  if (value === "refutation" && status === "closed") return ctx.tell(...(await objectFor(ctx, reportId, words)));
  // «Да» answers a question as well as it votes; the words are kept as they were said.
  return ctx.tell(...(await note(ctx, reportId, numbered.rest)));
};

/** The author does not agree with how their report was closed. */
const objectFor = async (ctx: BotContext, reportId: number, words: string | null): Promise<Said> => {
  const number = String(reportId);
  const told = { words, photos: [], question: null };
  const result = await contest(ctx, { actorId: ctx.resident.id, reportId, ...told }, ctx.now());
  if (result.ok) {
    const reading = readingOf(ctx);
    const desk = (await findDesk(ctx.store.db, reportId)) ?? "editors";
    const date = dayInWords(reading, lastDayOf(ctx.city, result.report.dueAt ?? reading.now));
    return ["people:word.contested", { number, who: deskInWords(reading, desk), date }];
  }
  switch (result.why) {
    case "not_found":
      return ["staff:refused.not_found", { number }];
    case "too_late":
      return ["check:refused.too_late", { date: dayInWords(readingOf(ctx), lastDayOf(ctx.city, result.until)) }];
    case "not_closed":
      return ["check:refused.not_closed", { number, status: ctx.t(`notices:status.${result.status}`) }];
    case "words_or_photo":
      return ["people:word.words_missing", { number }];
    case "words_too_long":
      return ["people:added.words_too_long", { number }];
    case "banned":
      return ["people:word.banned", { number, ...banParams(readingOf(ctx), result) }];
    case "not_allowed":
      return ["staff:refused.not_allowed", { number }];
  }
};

const note = async (ctx: BotContext, reportId: number, words: string): Promise<Said> => {
  const { message } = ctx;
  if (message === undefined) throw new Error("A typed command has no message");
  const number = String(reportId);
  const place = { chatId: message.chat.id, messageId: message.message_id, albumId: null };
  const said = { actorId: ctx.resident.id, reportId, words, photos: [], message: place };
  const replied = await replyToQuestion(ctx, said, ctx.now());
  if (replied.ok) return thanksForReply(readingOf(ctx), replied.report);
  if (replied.why !== "not_asked")
    return [replied.why === "words_too_long" ? "people:added.words_too_long" : "staff:refused.not_allowed", { number }];
  const added = await addToReport(ctx, said, ctx.now());
  if (added.ok) return ["people:word.added", { number }];
  switch (added.why) {
    case "not_allowed":
      return ["staff:refused.not_allowed", { number }];
    case "words_too_long":
      return ["people:added.words_too_long", { number }];
    case "banned":
      return ["people:word.banned", { number, ...banParams(readingOf(ctx), added) }];
    case "resting":
      return ["people:word.resting", { number, status: ctx.t(`notices:status.${added.status}`) }];
    case "enough":
    case "no_room":
      return ["people:word.enough", { number }];
    case "not_found":
      return ["staff:refused.not_found", { number }];
    case "nothing":
      return ["people:word.wrong", { usage: ctx.t("people:usage.word") }];
  }
};

const voteInWords = (ctx: BotContext, reportId: number, voted: Voted | WordRefusal): Said => {
  const params = { number: String(reportId) };
  if (voted.ok) return [`people:word.${voted.value}`, params];
  switch (voted.why) {
    case "not_found":
      return ["staff:refused.not_found", params];
    case "already":
      return ["people:word.already", params];
    case "banned":
      return ["people:word.banned", { ...params, ...banParams(readingOf(ctx), voted) }];
    case "over":
      return ["people:word.over", { ...params, status: ctx.t(`notices:status.${voted.status}`) }];
    case "photo":
    case "words_or_photo":
      return ["people:word.words_missing", params];
    case "words_too_long":
      return ["people:added.words_too_long", params];
    case "own_vote":
      return ["people:word.own_vote", params];
    case "agency_staff":
    case "publisher":
      return [`check:refused.${voted.why}`, params];
    case "recorded_word":
    case "joined_late":
    case "no_voter":
      return ["staff:refused.not_allowed", params];
  }
};
