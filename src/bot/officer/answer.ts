/** An officer's answer in a chat: what they send goes in, and what the form says comes back, in private even when it began in a group. */
import { continueAnswer, type ContinuedAnswer } from "../../actions/continue-answer.ts";
import type { Input } from "../../form/input.ts";
import { lines } from "../../notices/rich.ts";
import type { OutMessage } from "../../notices/message.ts";
import type { Status } from "../../report/status.ts";
import type { BotContext } from "../context.ts";
import { findTyped, sayIn, sayReply, type FormChat } from "../form-chat.ts";
import type { Said } from "../editor/refusal-words.ts";
import { readingOf } from "../reading.ts";
import { officerRefusalWords } from "./answer-refusals.ts";

/** One step of the answer to a report. */
export const continueAnswering = async (ctx: BotContext, reportId: number, input: Input): Promise<void> => {
  const told = {
    ...{ officer: ctx.resident, reportId, input, isHandled: ctx.visit.isHandled },
    updateId: ctx.update.update_id,
    readLabel: (ask: Parameters<typeof findTyped>[1], typed: string) => findTyped(ctx, ask, typed),
  };
  await answer(ctx, reportId, await continueAnswer(ctx, told, ctx.now()));
};

const answer = async (ctx: BotContext, reportId: number, continued: ContinuedAnswer): Promise<void> => {
  const number = String(reportId);
  switch (continued.kind) {
    case "no_draft":
      return ctx.toast("officer:answer.old");
    case "refused": {
      const { refusal } = continued;
      const said = officerRefusalWords(readingOf(ctx), reportId, refusal);
      if (ctx.callbackQuery === undefined)
        await ctx.tell(...(refusal.why === "decided" ? tooLate(ctx, number, refusal.status) : said));
      else ctx.toast(...said, { alert: true });
      return;
    }
    case "sent": {
      const { answerKind, isAtOnce, summary } = continued;
      ctx.toast("officer:sent.toast");
      if (ctx.callbackQuery !== undefined) {
        const told = lines(ctx.rich("officer:sent.head", { number }), ...summary.map((line) => sayIn(ctx, line)));
        await ctx.change({ text: told, buttons: [], about: reportId });
      }
      const key = isAtOnce ? "officer:sent.not_ours_at_once" : (`officer:sent.${answerKind}` as const);
      await ctx.say({ text: ctx.rich(key, { number }), about: reportId });
      return;
    }
    case "reply":
      return ctx.chat?.type === "private"
        ? sayReply(ctx, chatOf(ctx, reportId, ctx.say), continued.reply)
        : replyInPrivate(ctx, reportId, continued);
  }
};

/** What was sent to a report that has no answer to wait for now: it is not kept, and when it could be. */
const tooLate = (ctx: BotContext, number: string, status: Status): Said => {
  switch (status) {
    case "answered":
    case "needs_info":
      return [`officer:answer.late.${status}`, { number }];
    case "submitted":
    case "rejected":
    case "merged":
    case "withdrawn":
    case "assigned":
    case "planned":
    case "published":
    case "disputed":
    case "closed":
      return ["officer:answer.late.other", { number, status: ctx.t(`notices:status.${status}`) }];
  }
};

/** The group hears once that something was taken; everything else is said where nobody else is disturbed. */
const replyInPrivate = async (
  ctx: BotContext,
  reportId: number,
  { reply, isNew }: Extract<ContinuedAnswer, { kind: "reply" }>,
): Promise<void> => {
  let isHeard = true;
  const whisper = async (message: OutMessage): Promise<void> => {
    isHeard = (await ctx.whisper(message)) !== null;
  };
  const ofGroup = ctx.locale;
  ctx.locale = ctx.resident.locale;
  await sayReply(ctx, chatOf(ctx, reportId, whisper), reply);
  ctx.locale = ofGroup;
  if (ctx.callbackQuery !== undefined) {
    ctx.toast(isHeard ? "officer:answer.opened" : "staff:queue.write_first", {}, { alert: !isHeard });
    return;
  }
  const name = ctx.from?.first_name ?? "";
  if (!isHeard) await ctx.tell("officer:answer.write_first", { name, bot: ctx.botUsername });
  else if (isNew) await ctx.tell("officer:answer.in_private", { name, number: String(reportId) });
};

const chatOf = (ctx: BotContext, reportId: number, say: FormChat["say"]): FormChat => ({
  act: (press, turn) => ({ kind: "answer", reportId, version: turn, press }),
  head: ctx.rich("officer:answer.about", { number: String(reportId) }),
  about: reportId,
  say,
  stale: "officer:answer.stale",
});
