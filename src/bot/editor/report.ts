/** `/report N`: everything an editor may know of one report. */
import type { FormattedString } from "@grammyjs/parse-mode";
import { viewReport } from "../../actions/view-report.ts";
import { decidedButtons } from "../../notices/queue-buttons.ts";
import { renderQueueCard } from "../../notices/queue-card.ts";
import { lines, paragraphs } from "../../notices/rich.ts";
import { hasRole } from "../../report/permission.ts";
import { listSaid } from "../../store/queries/additions.ts";
import { listHistory } from "../../store/queries/history.ts";
import { findReportView } from "../../store/queries/report-view.ts";
import { listTold } from "../../store/queries/told.ts";
import type { BotContext } from "../context.ts";
import { TEXT_UNITS } from "../fit.ts";
import { readingOf } from "../reading.ts";
import { readNumber } from "./report-number.ts";
import { staffHistory } from "./staff-history.ts";

/** Telegram's album holds ten. */
const MOST_PHOTOS = 10;

/** As many notes as a history can show. */
const MOST_NOTES = 25;

/** Shows the report's card with its history; its author's name only in private, where nobody else reads along. */
export const showReport = async (ctx: BotContext, typed: string): Promise<unknown> => {
  const numbered = readNumber(typed);
  if (numbered === null) return ctx.tell("staff:wrong.number", { usage: ctx.t("commands:usage.report") });
  const { reportId } = numbered;
  const reading = readingOf(ctx);
  const report = await findReportView(ctx.store.db, reportId);
  if (report === null) return ctx.tell("staff:refused.not_found", { number: String(reportId) });
  const viewed =
    ctx.chat?.type === "private" ? await viewReport(ctx, { actorId: ctx.resident.id, reportId }, reading.now) : null;
  // Operators see what was filed for people without Telegram, and in private.
  if (viewed === null && !hasRole(await ctx.actor(), "editor", "admin")) {
    return ctx.tell("bot:command.private_only", { name: "report", bot: ctx.botUsername });
  }
  if (viewed?.ok === false) return ctx.tell("people:report.not_assisted", { number: String(reportId) });
  const history = await listHistory(ctx.store.db, reportId);
  const isEditor = hasRole(await ctx.actor(), "editor", "admin");
  const notes = isEditor ? await listSaid(ctx.store.db, reportId, ["note"], MOST_NOTES) : [];
  const told = isEditor ? await listTold(ctx.store.db, reportId) : [];
  const words = new Map(notes.map((note) => [note.id, note.words ?? ""]));
  const card = renderQueueCard(reading, report);
  // What the last decision on a dispute showed belongs to everything.
  const photos = [...(card.photos ?? []), ...(report.check?.verdictPhotos ?? [])].slice(0, MOST_PHOTOS);
  const about = paragraphs(
    card.text,
    viewed === null ? null : whose(ctx, viewed),
    viewed?.phone == null ? null : ctx.rich("people:report.phone", { phone: viewed.phone }),
  );
  const title = ctx.rich("staff:report.history");
  const room = TEXT_UNITS - paragraphs(about, lines(title, " ")).rawText.length;
  return ctx.say({
    ...card,
    ...(photos.length > 0 && { photos }),
    // Whoever may not decide is shown no decisions.
    buttons: !isEditor ? [] : report.status === "submitted" ? (card.buttons ?? []) : decidedButtons(reading, report),
    text: paragraphs(about, lines(title, ...staffHistory(reading, history, { notes: words, told }, room))),
  });
};

const whose = (ctx: BotContext, { name, client }: { name: string | null; client: string | null }): FormattedString =>
  client === null
    ? ctx.rich("staff:report.author", { name: name ?? ctx.t("staff:report.erased") })
    : ctx.rich("open311:report.client", { name: client });
