/** What an author does about a rejection: corrects the report and sends it again, or appeals. */
import { randomInt } from "node:crypto";
import { appealRejection } from "../../actions/appeal-rejection.ts";
import { beginRepair, type RepairRefusal } from "../../actions/repair-report.ts";
import type { Input } from "../../form/input.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import type { ButtonAct } from "../../notices/message.ts";
import { dayInWords } from "../../notices/dates.ts";
import { banInWords } from "../../notices/moderation-notices.ts";
import { lastDayOf } from "../../report/due.ts";
import type { Question } from "../../store/queries/prompts.ts";
import { findVisit } from "../../store/queries/residents.ts";
import { ask, forget } from "../asks.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import type { Took } from "../told.ts";
import { continueForm } from "./form.ts";

type ReportAct = Extract<ButtonAct, { kind: "report" }>;

/** A press on «Исправить и отправить» or «Обжаловать»; false for every other. */
export const pressRejected = async (ctx: BotContext, press: ReportAct): Promise<boolean> => {
  switch (press.act) {
    case "repair":
      await repair(ctx, press);
      return true;
    case "appeal":
      await askForAppeal(ctx, press);
      return true;
    default:
      return false;
  }
};

/** Numbers no earlier draft's buttons are likely to carry. */
const firstTurn = (): number => randomInt(1_000, 1_000_000_000);

/** `option` is «replace» once they said that the other draft may go. */
const repair = async (ctx: BotContext, { reportId, version, option }: ReportAct): Promise<void> => {
  const replace = option === "replace";
  const command = { residentId: ctx.resident.id, reportId, replace, turn: firstTurn() };
  const begun = await beginRepair(ctx, command, ctx.now());
  const number = String(reportId);
  if (begun.ok) {
    ctx.toast("moderation:repair.toast");
    await ctx.say({ text: ctx.rich("moderation:repair.begun", { number }), about: reportId });
    const { telegramId } = ctx.resident;
    ctx.visit = (telegramId && (await findVisit(ctx.store.db, telegramId, ctx.update.update_id))) || ctx.visit;
    return continueForm(ctx, { kind: "show" });
  }
  if (begun.why === "draft_exists") {
    await ctx.say({
      text: ctx.rich("moderation:repair.draft_exists", { number }),
      buttons: [
        [
          {
            label: ctx.t("moderation:repair.replace", { number }),
            act: { kind: "report", act: "repair", reportId, version, option: "replace" },
          },
        ],
      ],
    });
    return;
  }
  if (begun.why === "banned") {
    ctx.toast("moderation:banned.toast", {}, { alert: true });
    return void (await ctx.say({ text: banInWords(readingOf(ctx), begun), about: reportId }));
  }
  const [key, params] = refusalOf(ctx, reportId, "repair", begun);
  ctx.toast(key, params, { alert: true });
};

/** Whoever cannot appeal, or not any more, is told now and not after they have found the words. */
const askForAppeal = async (ctx: BotContext, { reportId, version }: ReportAct): Promise<void> => {
  const appealed = await appealRejection(ctx, { actorId: ctx.resident.id, reportId, words: "" }, ctx.now());
  if (appealed.ok) throw new Error("An appeal without a reason was taken");
  if (appealed.why !== "reason_missing") {
    const [key, params] = refusalOf(ctx, reportId, "appeal", appealed);
    return ctx.toast(key, params, { alert: true });
  }
  const text = ["moderation:appeal.ask", { number: String(reportId) }] as const;
  await ask(ctx, { act: "appeal", reportId, version }, { text, placeholder: "moderation:appeal.placeholder" });
};

/** The message that says why the rejection is not right. */
export const takeAppeal = async (ctx: BotContext, question: Question, input: Input): Promise<Took> => {
  if (input.kind !== "text" || question.reportId === null || ctx.message === undefined) {
    await ctx.tell("moderation:appeal.text_only");
    return "more";
  }
  const { reportId } = question;
  const answering = { ...question, answeredBy: ctx.message.message_id };
  const command = { actorId: ctx.resident.id, reportId, words: input.text, question: answering };
  const appealed = await appealRejection(ctx, command, ctx.now());
  const number = String(reportId);
  if (appealed.ok) {
    await ctx.say({ text: ctx.rich("moderation:appeal.done", { number }), about: reportId });
    return "done";
  }
  await ctx.tell(...refusalOf(ctx, reportId, "appeal", appealed));
  if (appealed.why === "reason_missing" || appealed.why === "reason_too_long") return "more";
  // Nothing can be appealed: the question is settled, and these words begin no report.
  await forget(ctx);
  return "done";
};

const refusalOf = (
  ctx: BotContext,
  reportId: number,
  act: "repair" | "appeal",
  refusal: RepairRefusal | { ok: false; why: "reason_missing" | "reason_too_long" },
): readonly [Key, Params] => {
  const number = String(reportId);
  switch (refusal.why) {
    case "not_found":
    case "not_allowed":
      return ["moderation:returned.not_own", { number }];
    case "wrong_status":
      return ["moderation:returned.wrong_status", { number, status: ctx.t(`notices:status.${refusal.status}`) }];
    case "lapsed":
      return [
        "moderation:returned.lapsed",
        { number, date: dayInWords(readingOf(ctx), lastDayOf(ctx.city, refusal.until)) },
      ];
    case "reason_missing":
    case "reason_too_long":
      return [`moderation:appeal.${refusal.why}`, {}];
    case "no_more":
      return [`moderation:${act}.no_more`, { number }];
  }
};
