/** A report's status on its own page and picture. */
import { html } from "hono/html";
import type { Tone } from "../../pictures/share-card.ts";
import type { PublicReport } from "../../store/queries/public-reports.ts";
import type { Frame, Html } from "./frame.ts";
import { isOverdue, statusChip, statusInWords, toneOf } from "./parts.ts";

/** «в работе», «закрыто, ответ подтверждён»; with it that the agency is late, where it is. */
export const standingInWords = (frame: Frame, report: PublicReport): string => {
  const words = statusInWords(frame, report);
  return isOverdue(report, frame.now) ? `${words}, ${frame.t("report-page:overdue")}` : words;
};

/** The status as lists show it, with whether the agency is late. */
export const statusLine = (frame: Frame, report: PublicReport): Html =>
  html`${statusChip(frame, report)}
  ${isOverdue(report, frame.now) ? html`<span class="late">${frame.t("report-page:overdue")}</span>` : ""}`;

/** The same as the colour of a picture. */
export const toneOfPicture = (report: PublicReport, now: Date): Tone => {
  if (isOverdue(report, now)) return "late";
  switch (toneOf(report.status, report.outcome)) {
    case "work":
      return "working";
    case "check":
    case "dispute":
      return "checking";
    case "done":
      return "done";
    default:
      return "ended";
  }
};
