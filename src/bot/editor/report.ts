/** `/report N`: everything an editor may know of one report. */
import { viewReport } from "../../actions/view-report.ts";
import { momentInWords } from "../../notices/dates.ts";
import { renderQueueCard } from "../../notices/queue-card.ts";
import { agencyName, rejectionInWords } from "../../notices/report-words.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import type { EventData } from "../../report/event.ts";
import { hasRole } from "../../report/permission.ts";
import { listHistory, type HistoryEntry } from "../../store/queries/history.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import type { BotContext } from "../context.ts";
import { readingOf } from "../reading.ts";
import { readNumber } from "./report-number.ts";

/** Shows the report's card with its history; its author's name only in private, where nobody else reads along. */
export const showReport = async (ctx: BotContext, words: string): Promise<unknown> => {
  const numbered = readNumber(words);
  if (numbered === null) return ctx.tell("staff:wrong.number", { usage: ctx.t("commands:usage.report") });
  const { reportId } = numbered;
  const reading = readingOf(ctx);
  const report = await findReportView(ctx.store.db, reportId);
  if (report === null) return ctx.tell("staff:refused.not_found", { number: String(reportId) });
  const viewed =
    ctx.chat?.type === "private" ? await viewReport(ctx, { actorId: ctx.resident.id, reportId }, reading.now) : null;
  // Operators see the reports they filed, and in private.
  if (viewed === null && !hasRole(await ctx.actor(), "editor", "admin")) return ctx.tell("staff:refused.not_allowed");
  if (viewed?.ok === false) return ctx.tell("staff:refused.not_allowed");
  const history = await listHistory(ctx.store.db, reportId);
  const card = renderQueueCard(reading, report);
  return ctx.say({
    ...card,
    text: paragraphs(
      card.text,
      viewed === null ? null : ctx.rich("staff:report.author", { name: viewed.name ?? ctx.t("staff:report.erased") }),
      viewed?.phone == null ? null : ctx.rich("people:report.phone", { phone: viewed.phone }),
      lines(ctx.rich("staff:report.history"), ...history.map((entry) => historyLine(ctx, entry))),
    ),
  });
};

const historyLine = (ctx: BotContext, entry: HistoryEntry) => {
  const what = whatHappened(ctx, entry);
  if (what === null) return null;
  const when = momentInWords(readingOf(ctx), entry.at);
  // The author stands above, for those who may read it.
  if (entry.actorRole === "author" || entry.actorRole === "resident") {
    return ctx.rich("staff:report.event", { when, what });
  }
  return ctx.rich("staff:report.event_by", { when, what, who: entry.name ?? ctx.t("staff:report.program") });
};

/** An event in words; null for those that move nothing. */
const whatHappened = (ctx: BotContext, { kind, data }: HistoryEntry): string | null => {
  const reading = readingOf(ctx);
  // Whoever adds an event gives it the data of its kind: record() takes nothing else.
  switch (kind) {
    case "submitted":
      return ctx.t("staff:report.submitted");
    case "assigned":
      return ctx.t("staff:report.assigned", {
        agency: agencyName(reading, (data as EventData["assigned"]).agencyId),
      });
    case "rejected":
      return ctx.t("staff:report.rejected", {
        reason: rejectionInWords(reading, data as EventData["rejected"]).title,
      });
    default:
      return null;
  }
};
