/** A disputed report for whoever decides it: before and after, what happened, and, for inspectors alone, the votes. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { closingInWords } from "../../notices/check-notices.ts";
import { dayInWords, momentInWords } from "../../notices/dates.ts";
import { groundPhotos, renderDisputeCard } from "../../notices/dispute-card.ts";
import type { OutMessage } from "../../notices/message.ts";
import type { ReportView } from "../../notices/report-view.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { interestOf, type Desk } from "../../report/dispute.ts";
import type { EventData, EventKind } from "../../report/event.ts";
import { hasRole } from "../../report/permission.ts";
import { findDesk } from "../../store/queries/audience.ts";
import { listCheckVotes } from "../../store/queries/check-view.ts";
import { findMakers } from "../../store/queries/disputes.ts";
import { listHistory, type HistoryEntry } from "../../store/queries/history.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { desksOf } from "./desks.ts";

/** Photos of each kind that are shown; three times three fit Telegram's album of ten. */
const MOST_OF_A_KIND = 3;

/** Says the card; false when there is no such report, or it was never disputed. Whoever decides no disputes is told so. */
export const showCheck = async (ctx: BotContext, reportId: number): Promise<boolean> => {
  const desks = await desksOf(ctx);
  if (desks.length === 0) {
    ctx.toast("check:verdict.stranger", {}, { alert: true });
    return true;
  }
  const report = await findReportView(ctx.store.db, reportId);
  const desk = report === null ? null : await findDesk(ctx.store.db, report.id);
  if (report === null || desk === null) return false;
  await ctx.say(await renderCheck(ctx, report, desk));
  return true;
};

const renderCheck = async (ctx: BotContext, report: ReportView, desk: Desk): Promise<OutMessage> => {
  const card = renderDisputeCard(readingOf(ctx), report, desk);
  const before = report.photos.slice(0, MOST_OF_A_KIND);
  const after = (report.check?.answer?.photos ?? []).slice(0, MOST_OF_A_KIND);
  const grounds = groundPhotos(report).slice(0, MOST_OF_A_KIND);
  const photos = [...before, ...after, ...grounds];
  const shown = [
    ["before", before.length],
    ["after", after.length],
    ["ground", grounds.length],
  ] as const;
  const list = shown
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => ctx.t(`check:dispute.picture_${kind}`, { count }))
    .join(", ");
  const history = await listHistory(ctx.store.db, report.id);
  return {
    ...card,
    ...(photos.length > 0 && { photos }),
    text: paragraphs(
      card.text,
      photos.length === 0 ? null : ctx.rich("check:dispute.pictures", { list }),
      await votesInWords(ctx, report),
      lines(ctx.rich("check:dispute.history"), ...history.map((entry) => eventLine(ctx, entry))),
    ),
  };
};

/** An inspector's own eyes only: not an editor's, not a group's, and not those of whoever has a part in the answer. */
const votesInWords = async (ctx: BotContext, report: ReportView): Promise<FormattedString | null> => {
  const actor = await ctx.actor();
  if (ctx.chat?.type !== "private" || !hasRole(actor, "inspector")) return null;
  const makers = await findMakers(ctx.store.db, report.id);
  if (makers === null || interestOf(actor, makers) !== null) return null;
  const votes = await listCheckVotes(ctx.store.db, report);
  const yes = votes.filter(({ value }) => value === "confirmation").length;
  return lines(
    ctx.rich("check:dispute.votes", { yes, no: votes.length - yes }),
    ...votes.map(({ kind, value }) =>
      ctx.rich(`check:dispute.vote_${value}`, { who: ctx.t(`check:dispute.vote_${kind}`) }),
    ),
  );
};

/** The milestones of a report, without who caused them. */
const TOLD: { [Kind in EventKind]?: (ctx: BotContext, data: EventData[Kind]) => string } = {
  submitted: (ctx) => ctx.t("staff:report.submitted"),
  published: (ctx) => ctx.t("check:event.published"),
  disputed: (ctx, { isContest }) => ctx.t(isContest ? "check:event.contested" : "check:event.disputed"),
  reopened: (ctx, { due, reason }) =>
    ctx.t("check:event.reopened", { date: dayInWords(readingOf(ctx), due.to), reason }),
  closed: (ctx, data) => closingInWords(readingOf(ctx), data),
};

const eventLine = (ctx: BotContext, { kind, data, at }: HistoryEntry): FormattedString | null => {
  // Whoever adds an event gives it the data of its kind: record() takes nothing else.
  const tell = TOLD[kind as EventKind] as ((ctx: BotContext, data: unknown) => string) | undefined;
  if (tell === undefined) return null;
  return ctx.rich("check:dispute.event", { when: momentInWords(readingOf(ctx), at), what: tell(ctx, data) });
};
