/** Pieces of pages that more than one of them shows. */
import { html } from "hono/html";
import { cityDate } from "../../city/city-time.ts";
import { dayInWords } from "../../notices/dates.ts";
import { agencyName, districtName, topicTitle } from "../../notices/report-words.ts";
import { lastDayOf } from "../../report/due.ts";
import { STATUSES, type Outcome, type Status } from "../../report/status.ts";
import { thumbnailOf } from "../../report/photo.ts";
import type { PublicReport } from "../../store/queries/public-reports.ts";
import type { Frame, Html } from "./frame.ts";

/** How a status looks; its word always stands beside it. */
const TONES = {
  submitted: "wait",
  needs_info: "wait",
  rejected: "rest",
  merged: "rest",
  withdrawn: "rest",
  assigned: "work",
  planned: "work",
  answered: "check",
  published: "check",
  disputed: "dispute",
  closed: "rest",
} as const satisfies Record<Status, string>;

/** The class of a status's colour: `wait`, `work`, `check`, `dispute`, `done` or `rest`. */
export const toneOf = (status: Status, outcome: Outcome | null): string =>
  outcome === "confirmed" ? "done" : TONES[status];

/** A status in words; a closed report says how it ended. */
export const statusInWords = (
  { t }: Pick<Frame, "t">,
  { status, outcome }: { status: Status; outcome: Outcome | null },
): string => (outcome === null ? t(`notices:status.${status}`) : t(`pages:outcome.${outcome}`));

/** The same with its colour. */
export const statusChip = (frame: Pick<Frame, "t">, report: { status: Status; outcome: Outcome | null }): Html =>
  html`<span class="status status-${toneOf(report.status, report.outcome)}">${statusInWords(frame, report)}</span>`;

/** A day in words that machines can read, too. */
export const dayOf = (frame: Frame, moment: Date): Html => {
  const day = cityDate(frame.city, moment);
  return html`<time datetime="${day.toString()}">${dayInWords(frame, day)}</time>`;
};

/** Whether its agency's date has passed and the agency still owes the step. */
export const isOverdue = ({ status, dueAt }: Pick<PublicReport, "status" | "dueAt">, now: Date): boolean =>
  STATUSES[status].owes === "officer" && dueAt !== null && dueAt <= now;

/** Where a photo's thumbnail is served. */
const thumbnailPath = (storedAs: string): string => `/photos/${thumbnailOf(storedAs)}`;

/** What its agency promised, in a line; null where nothing is owed by it. */
const promiseOf = (frame: Frame, report: PublicReport): Html | null => {
  if (STATUSES[report.status].owes !== "officer" || report.dueAt === null) return null;
  const wordsOf = (moment: Date): string => dayInWords(frame, lastDayOf(frame.city, moment));
  const date = wordsOf(report.dueAt);
  if (isOverdue(report, frame.now)) return html`<span class="late">${frame.t("pages:card.overdue", { date })}</span>`;
  const { firstDueAt } = report;
  const isPostponed = firstDueAt !== null && firstDueAt.getTime() !== report.dueAt.getTime();
  return isPostponed
    ? html`${frame.t("pages:card.postponed", { date, first: wordsOf(firstDueAt) })}`
    : html`${frame.t("pages:card.due", { date })}`;
};

/** A report as an entry of a list. */
export const reportCard = (frame: Frame, report: PublicReport): Html => {
  const { t, href } = frame;
  const promise = promiseOf(frame, report);
  const where = [report.address, districtName(frame, report.districtId)].filter((part) => part !== null).join(" · ");
  const picture =
    report.photoName === null
      ? ""
      : html`<img
          class="card-picture"
          src="${thumbnailPath(report.photoName)}"
          alt=""
          loading="lazy"
          width="112"
          height="112"
        />`;
  return html`<article class="card">
    ${picture}
    <div class="card-text">
      <h3><a href="${href(`/r/${report.id}`)}">${topicTitle(frame, report.topicId)}</a></h3>
      <p class="card-status">
        ${statusChip(frame, report)}${promise === null ? "" : html` <span class="card-promise">${promise}</span>`}
      </p>
      <p class="card-words">${report.text}</p>
      <p class="card-facts">
        <span>${where}</span>${
          report.agencyId === null ? "" : html`<span>${agencyName(frame, report.agencyId)}</span>`
        }<span
          >${t("pages:list.number", { number: String(report.id) })} ·
          ${t("pages:list.filed", { date: dayInWords(frame, cityDate(frame.city, report.createdAt)) })}</span
        >
      </p>
    </div>
  </article>`;
};
