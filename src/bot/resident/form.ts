/** The form in a chat: an input goes in, and what the form says comes back as messages. */
import { continueDraft, type Continued } from "../../actions/continue-draft.ts";
import { markAnswered } from "../../actions/mark-reach.ts";
import { cityDate } from "../../city/city-time.ts";
import { readDraft } from "../../form/draft.ts";
import type { Input } from "../../form/input.ts";
import { ask, type Asked } from "../../form/step.ts";
import { dayInWords } from "../../notices/dates.ts";
import { banInWords } from "../../notices/moderation-notices.ts";
import { rejectionInWords } from "../../notices/report-words.ts";
import { lines } from "../../notices/rich.ts";
import { findAuthor } from "../../store/queries/author.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { findTyped, sayIn, sayReply, type FormChat } from "../form-chat.ts";
import { leadStaff } from "../on-duty.ts";
import { readingOf } from "../reading.ts";
import { askConsent } from "./consent.ts";
import { locationKeyboard, menuKeyboard } from "./keyboards.ts";

/** One step of the form: what came in, what it did, and what there is to say about it. */
export const continueForm = async (ctx: BotContext, told: Input): Promise<void> => {
  const input = asPress(ctx, told);
  const continued = await continueDraft(ctx, { visit: ctx.visit, updateId: ctx.update.update_id, input }, ctx.now());
  await answer(ctx, input, continued);
};

/** Keyboards are lost and thumbs are lazy: the words of a button do what the button does. */
const asPress = (ctx: BotContext, input: Input): Input => {
  if (input.kind !== "text" || ctx.visit.draft === null) return input;
  const draft = readDraft(ctx.visit.draft.content);
  const asked = ask(draft, { city: ctx.city, now: ctx.now(), locale: ctx.resident.locale });
  const press = findTyped(ctx, asked, input.text);
  return press === null ? input : { kind: "press", turn: draft.turn, press };
};

const answer = async (ctx: BotContext, input: Input, continued: Continued): Promise<void> => {
  switch (continued.kind) {
    case "no_consent":
      // They correct what was never taken.
      if (input.kind === "edited") return undefined;
      if (!isBeginning(input) && (await leadStaff(ctx))) return undefined;
      return askConsent(
        ctx,
        input.kind === "topic" ? `t_${input.topicId}` : "",
        input.kind === "text" || input.kind === "photo" || input.kind === "location",
      );
    case "no_draft":
      return answerWithoutDraft(ctx, input);
    case "not_allowed":
      ctx.toast("staff:refused.not_allowed", {}, { alert: true });
      return undefined;
    case "limit": {
      ctx.toast("resident:limit.toast");
      await ctx.say({
        text: ctx.rich("resident:limit.reached", {
          count: continued.perDay,
          until: dayInWords(readingOf(ctx), cityDate(ctx.city, continued.until)),
        }),
        keyboard: menuKeyboard(ctx),
      });
      return undefined;
    }
    case "sent": {
      const { reportId, summary } = continued;
      if (ctx.callbackQuery !== undefined) {
        ctx.toast("resident:sent.toast");
        await ctx.change({
          text: lines(ctx.rich("form:preview.sent"), ...summary.map((line) => sayIn(ctx, line))),
        });
      }
      const params = { number: String(reportId) };
      const sent = ctx.visit.draft?.repairsId == null ? "resident:sent.number" : "resident:sent.again";
      const text = ctx.rich((await isForOther(ctx, reportId)) ? "people:intake.sent" : sent, params);
      await ctx.say({ text, about: reportId, keyboard: menuKeyboard(ctx) });
      // The number first, and the card below it.
      if (ctx.resident.telegramId !== null) await markAnswered(ctx, ctx.resident.telegramId);
      return undefined;
    }
    case "joined": {
      const params = { number: String(continued.reportId) };
      ctx.toast("moderation:joined.toast");
      const key = continued.isOwn ? "moderation:joined.own" : "moderation:joined.text";
      return ctx.change({ text: ctx.rich(key, params), about: continued.reportId });
    }
    case "repair_over": {
      ctx.toast("moderation:returned.over_toast", {}, { alert: true });
      const number = String(continued.number);
      await ctx.say({ text: ctx.rich("moderation:returned.over", { number }) });
      return sayReply(ctx, await chatOf(ctx, continued.ask), {
        kind: "ask",
        ask: continued.ask,
        notes: [],
        chosen: null,
        inPlace: false,
      });
    }
    case "banned":
      ctx.toast("moderation:banned.toast", {}, { alert: true });
      await ctx.say({ text: banInWords(readingOf(ctx), continued), keyboard: menuKeyboard(ctx) });
      return undefined;
    case "reply":
      return sayReply(ctx, await chatOf(ctx, "ask" in continued.reply ? continued.reply.ask : null), continued.reply);
  }
};

/** Whether somebody says outright that they want to report something; staff may write for many other reasons. */
const isBeginning = ({ kind }: Input): boolean => kind === "show" || kind === "topic";

/** Whether it was sent for somebody without Telegram, who has to be told the number. */
const isForOther = async (ctx: BotContext, reportId: number): Promise<boolean> => {
  if (ctx.visit.draft !== null) return ctx.visit.draft.intake !== null;
  // Delivered again, the draft is gone.
  const found = await findAuthor(ctx.store.db, reportId);
  return found !== null && found.report.operatorId === ctx.resident.id;
};

/** The resident's form stands in their private chat, with the menu below it; over a repaired report stands what was wrong with it. */
const chatOf = async (ctx: BotContext, question: Asked | null): Promise<FormChat> => ({
  ...(question?.key === "preview" && (await toRepair(ctx, ctx.visit.draft?.repairsId ?? null))),
  act: (press, turn) => ({ kind: "form", version: turn, press }),
  keyboard: (asked) => (asked.wantsLocation === true ? locationKeyboard(ctx) : menuKeyboard(ctx)),
  say: (message) => ctx.say(message),
  stale: "resident:stale",
});

const toRepair = async (ctx: BotContext, reportId: number | null): Promise<Pick<FormChat, "head">> => {
  const decision = reportId === null ? null : (await findReportView(ctx.store.db, reportId))?.decision;
  if (decision?.kind !== "rejected") return {};
  const { title, advice } = rejectionInWords(readingOf(ctx), decision.data);
  const head = ctx.rich("moderation:repair.head", { number: String(reportId), reason: title });
  return { head: advice === null ? head : lines(head, advice) };
};

/** A press on what was sent or thrown away, or words that begin nothing. */
const answerWithoutDraft = async (ctx: BotContext, input: Input): Promise<void> => {
  switch (input.kind) {
    case "press":
      ctx.toast("resident:old");
      return;
    case "edited":
      return;
    case "wrong":
      await ctx.say({
        text: lines(sayIn(ctx, { text: `wrong.${input.what}` }), ctx.rich("resident:idle")),
        keyboard: menuKeyboard(ctx),
      });
      return;
    case "text":
    case "photo":
    case "location":
    case "topic":
    case "show":
      await ctx.say({ text: ctx.rich("resident:idle"), keyboard: menuKeyboard(ctx) });
  }
};
