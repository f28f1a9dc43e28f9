/** The choices a card leads to: which agency, which reason. The report stays readable above them; only the buttons change. */
import { agenciesFor } from "../../city/agencies.ts";
import { textIn } from "../../city/text.ts";
import type { OutMessage } from "../../notices/message.ts";
import { renderQueueCard } from "../../notices/queue-card.ts";
import { agencyName } from "../../notices/report-words.ts";
import type { ReportView } from "../../notices/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";

/** Buttons on one page of the list of agencies: more no longer fit a phone's screen below the card. */
const AGENCIES_A_PAGE = 6;

/** The card with a page of agencies; a page that does not exist becomes the nearest that does. */
export const renderAgencies = (ctx: BotContext, report: ReportView, asked: number): OutMessage => {
  const reading = readingOf(ctx);
  const all = agenciesFor(ctx.city, report.districtId);
  const last = Math.max(0, Math.ceil(all.length / AGENCIES_A_PAGE) - 1);
  const page = Math.min(Math.max(0, asked), last);
  const shown = all.slice(page * AGENCIES_A_PAGE, (page + 1) * AGENCIES_A_PAGE);
  return {
    ...renderQueueCard(reading, report),
    buttons: [
      ...shown.map((agencyId) => [
        { label: agencyName(reading, agencyId, "shortName"), act: buttonAct(report, "accept", agencyId) },
      ]),
      [
        ...(page > 0 ? [{ label: "‹", act: buttonAct(report, "agencies", String(page - 1)) }] : []),
        { label: ctx.t("staff:button.back"), act: buttonAct(report, "card") },
        ...(page < last ? [{ label: "›", act: buttonAct(report, "agencies", String(page + 1)) }] : []),
      ],
    ],
  };
};

/** The card with the city's reasons to reject, and the way to own words. */
export const renderReasons = (ctx: BotContext, report: ReportView): OutMessage => ({
  ...renderQueueCard(readingOf(ctx), report),
  buttons: [
    ...ctx.city.rejectionReasons.map(({ code, title }) => [
      { label: textIn(ctx.city, title, ctx.locale), act: buttonAct(report, "reject", code) },
    ]),
    [
      { label: ctx.t("staff:button.back"), act: buttonAct(report, "card") },
      { label: ctx.t("staff:button.own_words"), act: buttonAct(report, "words") },
    ],
  ],
});

const buttonAct = ({ id, version }: ReportView, act: string, option?: string) =>
  ({ kind: "report", act, reportId: id, version, ...(option !== undefined && { option }) }) as const;
