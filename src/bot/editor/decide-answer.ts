/** What an editor decides of an agency's answer or request, however it was asked for. `reading` is whoever hears the outcome. */
import type { AnswerRefusal } from "../../actions/answer-refusal.ts";
import { askResident } from "../../actions/ask-resident.ts";
import { postponeReport } from "../../actions/postpone-report.ts";
import { publishAnswer } from "../../actions/publish-answer.ts";
import { refuseRequest } from "../../actions/refuse-request.ts";
import { rerouteReport, type AddedDays } from "../../actions/reroute-report.ts";
import { returnAnswer } from "../../actions/return-answer.ts";
import { dayInWords, type Reading } from "../../notices/dates.ts";
import { agencyName } from "../../notices/report-words.ts";
import { isPublicKind } from "../../report/answer.ts";
import { lastDayOf } from "../../report/due.ts";
import { findWaitingAnswer } from "../../store/queries/answers.ts";
import type { BotContext } from "../context.ts";
import { answerRefusalWords } from "../officer/answer-refusals.ts";
import type { Outcome, Target } from "./decide.ts";
import { readDays } from "./read-days.ts";
import { refusalWords, type EditorRefusal, type Said } from "./refusal-words.ts";

/** Lets the public read the answer. */
export const publish = async (ctx: BotContext, reading: Reading, target: Target): Promise<Outcome> => {
  const result = await publishAnswer(ctx, { actorId: ctx.resident.id, ...target }, reading.now);
  if (!result.ok) return nothingToCheck(reading, target, result) ?? refused(reading, target, result);
  const until = dayInWords(reading, lastDayOf(ctx.city, result.report.dueAt ?? reading.now));
  return done("officer:done.published", { number: String(target.reportId), date: until });
};

/** Sends the answer back with a remark. */
export const giveBack = async (ctx: BotContext, reading: Reading, target: Target, remark: string): Promise<Outcome> => {
  const result = await returnAnswer(ctx, { actorId: ctx.resident.id, ...target, remark }, reading.now);
  if (!result.ok) return nothingToCheck(reading, target, result) ?? refused(reading, target, result);
  return done("officer:done.returned", { number: String(target.reportId) });
};

/** Gives the later date. */
export const postpone = async (ctx: BotContext, reading: Reading, target: Target): Promise<Outcome> => {
  const result = await postponeReport(ctx, { actorId: ctx.resident.id, ...target }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  const date = dayInWords(reading, lastDayOf(ctx.city, result.report.handlingDueAt ?? reading.now));
  return done("officer:done.postponed", { number: String(target.reportId), date });
};

/** Hands the report on as the agency asked, or where the editor says (`ask`), with days on top or without. */
export const handOn = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  { ask = null, added = null }: { ask?: { agencyId: string; reason: string } | null; added?: AddedDays | null } = {},
): Promise<Outcome> => {
  const result = await rerouteReport(ctx, { actorId: ctx.resident.id, ...target, ask, added }, reading.now);
  if (!result.ok) return refused(reading, target, result);
  const agency = agencyName(reading, result.report.agencyId ?? "");
  const date = dayInWords(reading, lastDayOf(ctx.city, result.report.handlingDueAt ?? reading.now));
  return done("officer:done.rerouted", { number: String(target.reportId), agency, date });
};

/** Passes the officer's question on to the resident. */
export const passOn = async (ctx: BotContext, reading: Reading, target: Target): Promise<Outcome> => {
  const waiting = await findWaitingAnswer(ctx.store.db, target.reportId);
  const command = { actorId: ctx.resident.id, ...target, words: waiting?.words ?? "", answerId: waiting?.id ?? 0 };
  const result = await askResident(ctx, command, reading.now);
  return result.ok ? done("officer:done.asked", { number: String(target.reportId) }) : refused(reading, target, result);
};

/** Refuses what the agency asked for, with a remark. */
export const refuse = async (ctx: BotContext, reading: Reading, target: Target, remark: string): Promise<Outcome> => {
  const result = await refuseRequest(ctx, { actorId: ctx.resident.id, ...target, remark }, reading.now);
  return result.ok
    ? done("officer:done.refused", { number: String(target.reportId) })
    : refused(reading, target, result);
};

/** Says no to what waits, whichever it is: an answer goes back, a request is refused. */
export const sendBack = async (ctx: BotContext, reading: Reading, target: Target, remark: string): Promise<Outcome> => {
  const waiting = await findWaitingAnswer(ctx.store.db, target.reportId);
  const no = waiting === null || isPublicKind(waiting.kind) ? giveBack : refuse;
  return no(ctx, reading, target, remark);
};

/** Hands the report on with days on top: «3 Первая служба ответила поздно». */
export const handOnWithDays = async (
  ctx: BotContext,
  reading: Reading,
  target: Target,
  typed: string,
): Promise<Outcome> => {
  const days = readDays(typed);
  if (days === null) return { done: false, stale: false, said: ["officer:words.days_wrong"] };
  return handOn(ctx, reading, target, { added: { days: days.count, reason: days.reason } });
};

const done = (...said: Said): Outcome => ({ done: true, stale: false, said });

/** A typed command is about no card that could be old: there simply is no answer to check. */
const nothingToCheck = (reading: Reading, { reportId, version }: Target, refusal: AnswerRefusal): Outcome | null => {
  if (version !== null || refusal.why !== "decided") return null;
  const status = reading.i18n.t(reading.locale, `notices:status.${refusal.status}`);
  const said = ["officer:refused.nothing_to_check", { number: String(reportId), status }] as const;
  return { done: false, stale: true, said };
};

const refused = (reading: Reading, { reportId }: Target, refusal: AnswerRefusal | EditorRefusal): Outcome => ({
  done: false,
  stale: refusal.why === "decided",
  said:
    refusal.why === "nobody_to_ask"
      ? refusalWords(reading, reportId, refusal)
      : answerRefusalWords(reading, reportId, refusal as AnswerRefusal),
});
