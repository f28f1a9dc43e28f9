/** What editors say when they send an answer back or refuse a request: the city's frequent remarks, or own words. */
import type { Template } from "../../city/schema.ts";
import { textIn } from "../../city/text.ts";
import { renderAnswerCard } from "../../notices/answer-card.ts";
import type { Button, OutMessage } from "../../notices/message.ts";
import type { ReportView } from "../../notices/report-view.ts";
import type { AnswerKind } from "../../report/answer.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";

/** The two ways to say no to an agency. */
export type RemarkAct = "answer-return" | "answer-refuse";

/** The city's remarks that fit what the agency said. */
export const remarksFor = ({ city }: BotContext, kind: AnswerKind): Template[] =>
  city.remarkTemplates.filter((template) => template.for.includes(kind));

/** The card of the answer with the remarks that fit it, and the way to own words. */
export const renderRemarks = (ctx: BotContext, report: ReportView, act: RemarkAct, kind: AnswerKind): OutMessage => {
  const button = (label: string, name: string, option?: string): Button => ({
    label,
    act: {
      ...{ kind: "report", act: name, reportId: report.id, version: report.version },
      ...(option !== undefined && { option }),
    },
  });
  return {
    ...renderAnswerCard(readingOf(ctx), report),
    buttons: [
      ...remarksFor(ctx, kind).map(({ id, title }) => [button(textIn(ctx.city, title, ctx.locale), act, id)]),
      [button(ctx.t("staff:button.back"), "answer-card"), button(ctx.t("staff:button.own_words"), `${act}-words`)],
    ],
  };
};

/** The words of a remark: of the list by its id or title, in the city's first language, which agencies work in; else as they are written. */
export const readRemark = ({ city }: BotContext, typed: string): string => {
  const same = (text: string): boolean => text.trim().toLowerCase() === typed.trim().toLowerCase();
  const known = city.remarkTemplates.find(({ id, title }) => same(id) || Object.values(title).some(same));
  return known === undefined ? typed : textIn(city, known.text, city.locales[0]);
};
