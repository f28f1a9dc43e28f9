/** «Устранено» or not: votes on a published answer, and the author's objection to how a report was closed. */
import { castVote, type VoteRefusal } from "../../actions/cast-vote.ts";
import { contest, type ContestRefusal } from "../../actions/contest.ts";
import type { Told } from "../../actions/gather-words.ts";
import type { Voted } from "../../actions/count-vote.ts";
import type { Input } from "../../form/input.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import { answerPublished, checkInvited, deskInWords } from "../../notices/check-notices.ts";
import { dayInWords } from "../../notices/dates.ts";
import type { ButtonAct } from "../../notices/message.ts";
import { lastDayOf } from "../../report/due.ts";
import type { Status } from "../../report/status.ts";
import type { VoteValue } from "../../report/verdict.ts";
import { findDesk } from "../../store/queries/audience.ts";
import type { Question } from "../../store/queries/prompts.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import { ask } from "../asks.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { sayInPlace } from "../say-in-place.ts";
import { tellWrong, toTold, type Took } from "../told.ts";
import { bannedInWords } from "./banned.ts";

type ReportAct = Extract<ButtonAct, { kind: "report" }>;
type Said = readonly [key: Key, params?: Params];

/** A press on one of these buttons; false for any other. */
export const pressCheck = async (ctx: BotContext, press: ReportAct): Promise<boolean> => {
  switch (press.act) {
    case "confirm":
      await confirm(ctx, press);
      return true;
    case "refute":
      await askWhy(ctx, press);
      return true;
    case "contest":
      await askToContest(ctx, press);
      return true;
    default:
      return false;
  }
};

/** What a link to check an answer opens: the answer and its buttons for whoever has a vote on it, for others why they have none. */
export const showCheck = async (ctx: BotContext, reportId: number): Promise<void> => {
  const result = await vote(ctx, reportId, null, "refutation", nothing);
  if (result.ok) throw new Error("A refutation without a reason was counted");
  if (result.why === "over" && !WAS_CHECKED.has(result.status)) {
    const words = { number: String(reportId), status: ctx.t(`notices:status.${result.status}`) };
    await ctx.tell("check:refused.not_yet", words);
    return;
  }
  if (result.why !== "photo" && result.why !== "words_or_photo") {
    await ctx.tell(...(await voteInWords(ctx, reportId, result)));
    return;
  }
  const view = await findReportView(ctx.store.db, reportId);
  if (view === null) throw new Error(`Report ${reportId} is gone while it is checked`);
  // A volunteer sees what an invitation shows, and no more.
  const shown = result.why === "photo" ? checkInvited(readingOf(ctx), view) : answerPublished(readingOf(ctx), view);
  await ctx.say({ ...shown, about: reportId });
};

/** Where a check has just ended; anywhere else there was none yet, or its answer counts no longer. */
const WAS_CHECKED: ReadonlySet<Status> = new Set<Status>(["published", "disputed", "closed"]);

const confirm = async (ctx: BotContext, press: ReportAct): Promise<void> => {
  const result = await vote(ctx, press.reportId, cycleOf(press), "confirmation", nothing);
  const said = await voteInWords(ctx, press.reportId, result);
  if (!result.ok) return alert(ctx, said);
  ctx.toast("check:thanks.toast");
  // The buttons have done their work: a second press would only be told so.
  await sayInPlace(ctx, press.reportId, { text: ctx.rich(...said) });
};

const nothing: Told = { words: null, photos: [], question: null };

/** A refutation needs a word or a photo; whoever cannot vote is told now and not after they have found the words. */
const askWhy = async (ctx: BotContext, press: ReportAct): Promise<void> => {
  const { reportId } = press;
  const result = await vote(ctx, reportId, cycleOf(press), "refutation", nothing);
  if (result.ok) throw new Error("A refutation without a reason was counted");
  if (result.why !== "photo" && result.why !== "words_or_photo") {
    return alert(ctx, await voteInWords(ctx, reportId, result));
  }
  const key = result.why === "photo" ? "check:ask.photo" : "check:ask.refute";
  const version = cycleOf(press) ?? (await presentCycle(ctx, reportId));
  const text = [key, { number: String(reportId) }] as const;
  return ask(ctx, { act: "refute", reportId, version }, { text, placeholder: "check:ask.placeholder" });
};

/** The message that says what is wrong. */
export const takeRefutation = async (
  ctx: BotContext,
  question: Question,
  input: Input,
  isRest: boolean,
): Promise<Took> => {
  const told = toTold(ctx, question, input);
  if (told === null || question.reportId === null) return tellWrong(ctx, input);
  const { reportId, version } = question;
  const result = await vote(ctx, reportId, version, "refutation", told);
  if (!result.ok && result.why === "already" && told.question !== null && told.question.albumId !== null)
    return "overtaken";
  // The photos of one album ask for the same thing once.
  const isLacking = !result.ok && (result.why === "photo" || result.why === "words_or_photo");
  if (!(isRest && isLacking)) await ctx.say({ text: ctx.rich(...(await voteInWords(ctx, reportId, result))) });
  return isLacking || (!result.ok && result.why === "words_too_long") ? "more" : "done";
};

const vote = async (
  ctx: BotContext,
  reportId: number,
  cycle: number | null,
  value: VoteValue,
  told: Told,
): Promise<Voted | VoteRefusal> =>
  castVote(ctx, { voterId: ctx.resident.id, reportId, cycle, value, ...told }, ctx.now());

const voteInWords = async (ctx: BotContext, reportId: number, result: Voted | VoteRefusal): Promise<Said> => {
  const number = String(reportId);
  if (result.ok) return thanksOf(ctx, result);
  switch (result.why) {
    case "already":
      return [`check:refused.already_${result.value}`];
    case "banned":
      return bannedInWords(ctx, result);
    case "over":
      return ["check:refused.over", { number, status: ctx.t(`notices:status.${result.status}`) }];
    case "not_found":
    case "agency_staff":
    case "publisher":
    case "recorded_word":
    case "joined_late":
    case "no_voter":
    case "photo":
    case "words_or_photo":
    case "words_too_long":
      return [`check:refused.${result.why}`, { number }];
  }
};

const thanksOf = async (ctx: BotContext, { report }: Voted): Promise<Said> => {
  const number = String(report.id);
  if (report.status === "disputed") return disputedInWords(ctx, "check:thanks.refuted", report);
  if (report.dueAt === null) return ["check:thanks.closed", { number }];
  const view = await findReportView(ctx.store.db, report.id);
  const date = dayInWords(readingOf(ctx), lastDayOf(ctx.city, report.dueAt));
  return [view?.check?.answer?.kind === "cannot_fix" ? "check:thanks.agreed" : "check:thanks.open", { number, date }];
};

const disputedInWords = async (
  ctx: BotContext,
  key: "check:thanks.refuted" | "check:thanks.contested",
  report: { id: number; dueAt: Date | null },
): Promise<Said> => {
  const reading = readingOf(ctx);
  const desk = (await findDesk(ctx.store.db, report.id)) ?? "editors";
  const date = report.dueAt === null ? "" : dayInWords(reading, lastDayOf(ctx.city, report.dueAt));
  return [key, { number: String(report.id), who: deskInWords(reading, desk), date }];
};

const askToContest = async (ctx: BotContext, press: ReportAct): Promise<void> => {
  const { reportId } = press;
  const result = await object(ctx, reportId, nothing);
  if (result.ok) throw new Error("An objection without a reason was taken");
  if (result.why !== "words_or_photo") {
    return alert(ctx, objectionInWords(ctx, reportId, result));
  }
  const text = ["check:ask.contest", { number: String(reportId) }] as const;
  await ask(ctx, { act: "contest", reportId, version: 0 }, { text, placeholder: "check:ask.placeholder" });
};

/** The message that says what the author does not agree with. */
export const takeContest = async (ctx: BotContext, question: Question, input: Input): Promise<Took> => {
  const told = toTold(ctx, question, input);
  if (told === null || question.reportId === null) return tellWrong(ctx, input);
  const { reportId } = question;
  const result = await object(ctx, reportId, told);
  if (result.ok) {
    await ctx.tell(...(await disputedInWords(ctx, "check:thanks.contested", result.report)));
    return "done";
  }
  await ctx.tell(...objectionInWords(ctx, reportId, result));
  return result.why === "words_or_photo" || result.why === "words_too_long" ? "more" : "done";
};

const object = (ctx: BotContext, reportId: number, told: Told): ReturnType<typeof contest> =>
  contest(ctx, { actorId: ctx.resident.id, reportId, ...told }, ctx.now());

const objectionInWords = (ctx: BotContext, reportId: number, refusal: ContestRefusal): Said => {
  const number = String(reportId);
  switch (refusal.why) {
    case "banned":
      return bannedInWords(ctx, refusal);
    case "not_allowed":
      return ["check:refused.not_author"];
    case "not_closed":
      return ["check:refused.not_closed", { number, status: ctx.t(`notices:status.${refusal.status}`) }];
    case "too_late":
      return ["check:refused.too_late", { date: dayInWords(readingOf(ctx), lastDayOf(ctx.city, refusal.until)) }];
    case "not_found":
    case "words_or_photo":
    case "words_too_long":
      return [`check:refused.${refusal.why}`, { number }];
  }
};

/** What a press is refused with stays on the screen until it is read. */
const alert = (ctx: BotContext, [key, params]: Said): void => ctx.toast(key, params, { alert: true });

/** The cycle that the button was shown for; null on a button without one, or a forged one. */
const cycleOf = ({ option }: ReportAct): number | null =>
  option !== undefined && /^\d{1,4}$/.test(option) ? Number(option) : null;

const presentCycle = async (ctx: BotContext, reportId: number): Promise<number> =>
  (await findReportView(ctx.store.db, reportId))?.cycle ?? 0;
