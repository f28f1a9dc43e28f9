/** `/withdraw N` and the button on one's own card: asked once more, since nothing brings it back. */
import { withdrawReport } from "../../actions/withdraw-report.ts";
import { logRefusal } from "../../actions/claim-act.ts";
import type { ActRefusal } from "../../actions/act-refusal.ts";
import type { Key, Params } from "../../i18n/keys.ts";
import type { ButtonAct, OutMessage } from "../../notices/message.ts";
import { topicTitle } from "../../notices/report-words.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { mayAct } from "../../report/permission.ts";
import { findAuthor } from "../../store/queries/author.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readNumber } from "../editor/report-number.ts";
import { readingOf } from "../reading.ts";

type ReportAct = Extract<ButtonAct, { kind: "report" }>;

/** The command: asks whether they mean it, or says why not. */
export const withdrawTyped = async (ctx: BotContext, words: string): Promise<unknown> => {
  const numbered = readNumber(words);
  if (numbered === null || numbered.rest !== "") {
    return ctx.tell("people:withdraw.number", { usage: ctx.t("people:usage.withdraw") });
  }
  return ctx.say(await askOrRefuse(ctx, numbered.reportId));
};

/** A press on «Отозвать», or on the answer to the question it asks. */
export const pressWithdraw = async (ctx: BotContext, { reportId, version, option }: ReportAct): Promise<void> => {
  if (option === undefined) return void (await ctx.say(await askOrRefuse(ctx, reportId)));
  const number = String(reportId);
  if (option !== "yes") return ctx.change({ text: ctx.rich("people:withdraw.kept", { number }) });
  const done = await withdrawReport(ctx, { actorId: ctx.resident.id, reportId, version }, ctx.now());
  if (done.ok) {
    ctx.toast("people:withdraw.toast");
    return ctx.change({ text: ctx.rich("people:withdraw.done", { number }), about: reportId });
  }
  if (done.why === "decided" && mayStill(done)) {
    ctx.toast("people:withdraw.changed", { number }, { alert: true });
    return ctx.change(await askOrRefuse(ctx, reportId));
  }
  return ctx.change({ text: ctx.rich(...refusalOf(ctx, reportId, done)) });
};

/** Something else changed, and it may still be withdrawn. */
const mayStill = ({ status }: Extract<ActRefusal, { why: "decided" }>): boolean =>
  mayAct({ residentId: 0, grants: [] }, "withdraw", { status, authorId: 0, agencyId: null, operatorId: null }).ok;

const askOrRefuse = async (ctx: BotContext, reportId: number): Promise<OutMessage> => {
  const [found, report] = [await findAuthor(ctx.store.db, reportId), await findReportView(ctx.store.db, reportId)];
  if (found === null || report === null)
    return { text: ctx.rich(...refusalOf(ctx, reportId, { ok: false, why: "not_found" })) };
  const may = mayAct(await ctx.actor(), "withdraw", found.report);
  if (may.ok) return renderQuestion(ctx, report);
  logRefusal(ctx, { act: "withdraw", reportId, residentId: ctx.resident.id, why: may.why });
  const [key, params] =
    may.why === "not_allowed" ? refusalOf(ctx, reportId, { ok: false, why: "not_allowed" }) : lateWords(ctx, report);
  return { text: ctx.rich(key, params) };
};

const renderQuestion = (ctx: BotContext, report: ReportView): OutMessage => {
  const act = { kind: "report", act: "withdraw", reportId: report.id, version: report.version } as const;
  const topic = topicTitle(readingOf(ctx), report.topicId);
  return {
    about: report.id,
    text: ctx.rich("people:withdraw.ask", { number: String(report.id), topic }),
    buttons: [
      [{ label: ctx.t("people:button.withdraw_yes"), act: { ...act, option: "yes" } }],
      [{ label: ctx.t("people:button.no"), act: { ...act, option: "no" } }],
    ],
  };
};

const lateWords = (ctx: BotContext, { id, status }: Pick<ReportView, "id" | "status">): readonly [Key, Params] =>
  status === "withdrawn"
    ? ["people:withdraw.already", { number: String(id) }]
    : ["people:withdraw.not_now", { number: String(id), status: ctx.t(`notices:status.${status}`) }];

const refusalOf = (ctx: BotContext, reportId: number, refusal: ActRefusal): readonly [Key, Params] => {
  const number = String(reportId);
  if (refusal.why === "not_found") return ["people:withdraw.unknown", { number }];
  if (refusal.why === "decided") return lateWords(ctx, { id: reportId, status: refusal.status });
  return ["people:withdraw.not_own", { number }];
};
