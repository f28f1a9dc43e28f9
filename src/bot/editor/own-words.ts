/** Own words for an act: the bot asks, a reply to its question is the answer. Which question means what stands in the database. */
import { FormattedString } from "@grammyjs/parse-mode";
import type { User } from "grammy/types";
import { forgetPrompt, rememberPrompt } from "../../actions/remember-prompt.ts";
import type { Input } from "../../form/input.ts";
import type { Key } from "../../i18n/keys.ts";
import type { Reading } from "../../notices/dates.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { renderQueueCard } from "../../notices/queue-card.ts";
import { lines } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { findPrompt } from "../../store/queries/prompts.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { toInput } from "../resident/to-input.ts";
import { acceptWithDays, ask, setPlace, setText } from "./correct.ts";
import { reject, type Outcome, type Target } from "./decide.ts";
import { giveBack, handOnWithDays, refuse } from "./decide-answer.ts";

type Prompted = {
  ask: Key;
  placeholder: Key;
  /** Null for an answer of another sort than what was asked for. */
  take(ctx: BotContext, reading: Reading, target: Target, input: Input): Promise<Outcome> | null;
};

/** An act that wants nothing but text. */
const textOnly =
  (act: (ctx: BotContext, reading: Reading, target: Target, text: string) => Promise<Outcome>): Prompted["take"] =>
  (ctx, reading, target, input) =>
    input.kind === "text" ? act(ctx, reading, target, input.text) : null;

const PROMPTED = {
  reject: {
    ask: "staff:words.ask",
    placeholder: "staff:words.placeholder",
    take: textOnly((ctx, reading, target, words) => reject(ctx, reading, target, { words })),
  },
  ask: { ask: "staff:words.question", placeholder: "staff:words.question_placeholder", take: textOnly(ask) },
  text: { ask: "staff:words.text", placeholder: "staff:words.text_placeholder", take: textOnly(setText) },
  days: {
    ask: "staff:words.days",
    placeholder: "staff:words.days_placeholder",
    take: textOnly((ctx, reading, target, typed) => acceptWithDays(ctx, reading, target, { typed, agencyId: null })),
  },
  place: {
    ask: "staff:words.place",
    placeholder: "staff:words.place_placeholder",
    take: (ctx, reading, target, input) => {
      if (input.kind === "text") return setPlace(ctx, reading, target, { text: input.text });
      return input.kind === "location" ? setPlace(ctx, reading, target, input) : null;
    },
  },
  "answer-return": { ask: "officer:words.return", placeholder: "officer:words.remark", take: textOnly(giveBack) },
  "answer-refuse": { ask: "officer:words.refuse", placeholder: "officer:words.remark", take: textOnly(refuse) },
  "answer-days": {
    ask: "officer:words.days",
    placeholder: "officer:words.days_placeholder",
    take: textOnly(handOnWithDays),
  },
} as const satisfies Record<string, Prompted>;

/** An act of the editors' that wants words: in moderation, or on what an agency said. */
export type PromptedAct = keyof typeof PROMPTED;

const isPrompted = (act: string): act is PromptedAct => Object.hasOwn(PROMPTED, act);

/** Asks whoever pressed. */
export const askForWords = async (ctx: BotContext, report: ReportView, act: PromptedAct): Promise<void> => {
  const { ask: question, placeholder } = PROMPTED[act];
  const messageId = await ctx.say({
    text: lines(
      ctx.chat?.type === "private" || ctx.from === undefined ? null : mention(ctx.from),
      ctx.rich(question, { number: String(report.id) }),
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
export const takeWords = async (ctx: BotContext): Promise<boolean> => {
  const { message } = ctx;
  const asked = message?.reply_to_message?.message_id;
  if (message === undefined || asked === undefined) return false;
  const prompt = await findPrompt(ctx.store.db, message.chat.id, asked);
  if (prompt === null || !isPrompted(prompt.act)) return false;
  const { act, reportId, version } = prompt;
  if (!hasRole(await ctx.actor(), "editor", "admin")) {
    await ctx.tell("staff:refused.stranger");
    return true;
  }
  const input = toInput(message);
  const prompted: Prompted = PROMPTED[act];
  const outcome = await (input === null ? null : prompted.take(ctx, readingOf(ctx), { reportId, version }, input));
  if (outcome === null) {
    await ctx.tell("staff:words.text_only");
    return true;
  }
  // Too long or refused otherwise: the same question still waits for better words.
  if (outcome.done || outcome.stale) await forgetPrompt(ctx, prompt);
  await ctx.tell(...outcome.said);
  if (outcome.done && message.chat.type === "private") await showAgain(ctx, reportId);
  return true;
};

/** In private no notice renews the card they came from: what they have just put right is decided from a new one. */
const showAgain = async (ctx: BotContext, reportId: number): Promise<void> => {
  const report = await findReportView(ctx.store.db, reportId);
  if (report?.status !== "submitted") return;
  // The pictures stand above the old one.
  const { photos: _, ...card } = renderQueueCard(readingOf(ctx), report);
  await ctx.say(card);
};
