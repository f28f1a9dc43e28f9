/** The page of a report that the public does not see: its number, its status and its dates, and nothing else. */
import { html } from "hono/html";
import { dayInWords } from "../../notices/dates.ts";
import { lastDayOf } from "../../report/due.ts";
import type { PublicTurn } from "../../store/queries/public-page.ts";
import type { FoundPublicReport } from "../../store/queries/public-reports.ts";
import type { Frame, Html } from "./frame.ts";
import { renderPage } from "./layout.ts";
import { dayOf, statusChip } from "./parts.ts";
import { mergedInWords } from "./report-next.ts";

type Hidden = Extract<FoundPublicReport, { shown: "dates" }>;

/** The page; one that was merged says which report it goes on as a part of. */
export const hiddenReportPage = (frame: Frame, report: Hidden, turn: PublicTurn): Html => {
  const { t } = frame;
  const { id, status, createdAt, statusAt } = report;
  const title = t("report-page:hidden.title", { number: String(id) });
  const why = whyOf(status);
  const body = html`<article class="hidden-report prose">
    <h1>${title}</h1>
    <p class="report-status">${statusChip(frame, { status, outcome: null })}</p>
    ${turn.mergedIntoId === null ? "" : html`<p>${mergedInWords(frame, turn.mergedIntoId)}</p>`}
    ${why === null ? "" : html`<p>${t(`report-page:hidden.why.${why}`)}</p>`}
    <dl class="facts">
      <div>
        <dt>${t("report-page:dates.created")}</dt>
        <dd>${dayOf(frame, createdAt)}</dd>
      </div>
      <div>
        <dt>${t("report-page:hidden.status")}</dt>
        <dd>${t(`notices:status.${status}`)}, ${t("report-page:hidden.since")} ${dayOf(frame, statusAt)}</dd>
      </div>
      ${status === "submitted" ? moderationDate(frame, turn) : ""}
    </dl>
  </article>`;
  return renderPage(frame, {
    ...{ title, body, description: `${title}: ${t(`notices:status.${status}`)}` },
    head: html`<link rel="stylesheet" href="${frame.asset("report.css")}" />`,
    isUnlisted: true,
  });
};

/** An editor's date is as public as an agency's, and so is that it was missed. */
const moderationDate = (frame: Frame, { turnEndsAt }: PublicTurn): Html | "" => {
  if (turnEndsAt === null) return "";
  const { t, city, now } = frame;
  const isLate = turnEndsAt <= now;
  const date = dayInWords(frame, lastDayOf(city, turnEndsAt));
  return html`<div ${isLate ? html`class="late"` : ""}>
    <dt>${t("report-page:hidden.moderation")}</dt>
    <dd>${t(isLate ? "report-page:hidden.moderation_late" : "report-page:dates.until", { date })}</dd>
  </div>`;
};

const WHY = ["submitted", "needs_info", "rejected", "withdrawn"] as const;

/** A merged one says where it goes on; others show everything, so they come here only for the moment in which a report changes. */
const whyOf = (status: Hidden["status"]): (typeof WHY)[number] | null => WHY.find((one) => one === status) ?? null;
