/** The decision on a dispute: a press asks for the reason, the next message gives it. */
import { giveVerdict, VERDICTS, type Verdict, type VerdictRefusal } from "../../actions/give-verdict.ts";
import type { Input } from "../../form/input.ts";
import type { Key } from "../../i18n/keys.ts";
import { deskInWords } from "../../notices/check-notices.ts";
import { dayInWords } from "../../notices/dates.ts";
import { renderDisputeCard } from "../../notices/dispute-card.ts";
import type { ButtonAct } from "../../notices/message.ts";
import type { VerdictPart } from "../../report/dispute.ts";
import { lastDayOf } from "../../report/due.ts";
import { findDesk } from "../../store/queries/audience.ts";
import type { Question } from "../../store/queries/prompts.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import { ask } from "../asks.ts";
import type { BotContext } from "../context.ts";
import { refusalWords, type Said } from "../editor/refusal-words.ts";
import { readingOf } from "../reading.ts";
import { tellWrong, toTold, type Took } from "../told.ts";

type ReportAct = Extract<ButtonAct, { kind: "report" }>;

/** A press on one of the decisions; false for any other button. */
export const pressVerdict = async (ctx: BotContext, press: ReportAct): Promise<boolean> => {
  const verdict = VERDICTS.find((one) => one === press.act);
  if (verdict === undefined) return false;
  const { reportId, version } = press;
  const command = { actorId: ctx.resident.id, reportId, version, verdict, words: null, photos: [], question: null };
  const result = await giveVerdict(ctx, command, ctx.now());
  if (result.ok) throw new Error("A decision without a reason was taken");
  if (result.why === "lacking") {
    const text = [askOf(verdict, result.lacks), { number: String(reportId) }] as const;
    await ask(
      ctx,
      { act: verdict, reportId, version: result.cycle },
      { text, placeholder: "check:verdict.placeholder" },
    );
    return true;
  }
  const [key, params] = refusedInWords(ctx, reportId, result);
  ctx.toast(key, params, { alert: true });
  if (result.why === "decided") await showAsItIs(ctx, reportId);
  return true;
};

/** An inspector is asked for a photo as well; `give_up` is the admins' and wants words alone. */
const askOf = (verdict: Verdict, lacks: readonly VerdictPart[]): Key =>
  verdict !== "give_up" && lacks.includes("photo") ? `check:verdict.look_${verdict}` : `check:verdict.ask_${verdict}`;

/** The messages that give the reason and show what was found, together or one after the other. */
export const takeVerdict = async (
  ctx: BotContext,
  question: Question,
  input: Input,
  isRest: boolean,
): Promise<Took> => {
  const told = toTold(ctx, question, input);
  const { reportId, version: cycle } = question;
  if (told === null || reportId === null) return tellWrong(ctx, input);
  const verdict = VERDICTS.find((one) => one === question.act);
  if (verdict === undefined) throw new Error(`${question.act} is no decision`);
  const command = { actorId: ctx.resident.id, reportId, version: null, cycle, verdict, ...told };
  const result = await giveVerdict(ctx, command, ctx.now());
  if (result.ok) {
    await ctx.tell(...doneInWords(ctx, verdict, result.report));
    return "done";
  }
  if (result.why === "lacking") {
    // The photos of one album ask for the same thing once.
    if (!isRest)
      await ctx.tell(result.lacks.includes("words") ? "check:verdict.need_words" : "check:verdict.need_photo");
    return "more";
  }
  await ctx.tell(...refusedInWords(ctx, reportId, result));
  return result.why === "reason_too_long" ? "more" : "done";
};

const doneInWords = (ctx: BotContext, verdict: Verdict, report: { id: number; dueAt: Date | null }): Said => {
  const number = String(report.id);
  const date = report.dueAt === null ? "" : dayInWords(readingOf(ctx), lastDayOf(ctx.city, report.dueAt));
  return [`check:verdict.done_${verdict}`, { number, date }];
};

const refusedInWords = (
  ctx: BotContext,
  reportId: number,
  refusal: Exclude<VerdictRefusal, { why: "lacking" }>,
): Said => {
  const reading = readingOf(ctx);
  if (refusal.why === "not_this_desk") {
    return ["check:verdict.not_this_desk", { who: deskInWords(reading, refusal.desk) }];
  }
  // It still waits for a decision, and the card shows what is new.
  if (refusal.why === "decided" && refusal.status === "disputed") return ["staff:refused.changed"];
  return refusal.why === "not_allowed" ? ["check:verdict.stranger"] : refusalWords(reading, reportId, refusal);
};

/** The pressed card says at once what every other card will say soon. */
const showAsItIs = async (ctx: BotContext, reportId: number): Promise<void> => {
  const [report, desk] = [await findReportView(ctx.store.db, reportId), await findDesk(ctx.store.db, reportId)];
  // Never disputed, it has no such card: the button is forged, and no editor may have passed the report yet.
  if (report === null || desk === null) return;
  await ctx.change(renderDisputeCard(readingOf(ctx), report, desk));
};
