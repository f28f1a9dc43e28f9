/** The dates that were promised and kept, with the reason for each change, and the log. */
import { html } from "hono/html";
import { cityDate } from "../../city/city-time.ts";
import { explainDates } from "../../notices/date-story.ts";
import { dayInWords, momentInWords } from "../../notices/dates.ts";
import { publicLog, withoutTakenBack } from "../../notices/public-log.ts";
import { lastDayOf } from "../../report/due.ts";
import type { Frame, Html } from "./frame.ts";
import { dayOf, isOverdue } from "./parts.ts";
import { peopleWords } from "./people-words.ts";
import type { ReportPageView } from "./report-view.ts";

/** The section of dates. */
export const dateSection = (frame: Frame, view: ReportPageView): Html => {
  const { t } = frame;
  const { report, events } = view;
  const story = explainDates(frame, withoutTakenBack(events));
  return html`<section class="dates" aria-labelledby="dates">
    <h2 id="dates">${t("report-page:dates.title")}</h2>
    <dl class="facts">
      ${datesOf(frame, view).map(
        ({ name, value, isLate }) =>
          html`<div ${isLate ? html`class="late"` : ""}>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${countsInWords(frame, report).map((words) => html`<p class="count">${words}.</p>`)}
    ${
      story.length === 0
        ? ""
        : html`<h3>${t("report-page:dates.why")}</h3>
            <ul class="story">
              ${story.map((line) => html`<li>${line}</li>`)}
            </ul>`
    }
  </section>`;
};

type Entry = { name: string; value: Html | string; isLate?: boolean };

const datesOf = (frame: Frame, { report, turn, isInTime }: ReportPageView): Entry[] => {
  const { t, city, now } = frame;
  const { createdAt, assignedAt, firstDueAt, dueAt, answeredAt, publishedAt, status, statusAt } = report;
  const until = (moment: Date): string =>
    t("report-page:dates.until", { date: dayInWords(frame, lastDayOf(city, moment)) });
  const hasMoved = firstDueAt !== null && dueAt !== null && firstDueAt.getTime() !== dueAt.getTime();
  const date = answeredAt === null ? "" : dayInWords(frame, cityDate(city, answeredAt));
  const entries: (Entry | null)[] = [
    { name: t("report-page:dates.created"), value: dayOf(frame, createdAt) },
    assignedAt && { name: t("report-page:dates.assigned"), value: dayOf(frame, assignedAt) },
    hasMoved ? { name: t("report-page:dates.first_due"), value: until(firstDueAt) } : null,
    dueAt && {
      name: t(hasMoved ? "report-page:dates.new_due" : "report-page:dates.due"),
      value: turn.pausedAt === null ? until(dueAt) : t("report-page:dates.held"),
      isLate: isOverdue(report, now),
    },
    answeredAt && {
      name: t("report-page:dates.answered"),
      value:
        isInTime === null
          ? dayOf(frame, answeredAt)
          : t(isInTime ? "report-page:dates.in_time" : "report-page:dates.late", { date }),
      isLate: isInTime === false,
    },
    publishedAt && { name: t("report-page:dates.published"), value: dayOf(frame, publishedAt) },
    status === "closed" ? { name: t("report-page:dates.closed"), value: dayOf(frame, statusAt) } : null,
  ];
  return entries.filter((entry) => entry !== null);
};

const countsInWords = ({ t }: Frame, { postponements, hops, cycle }: ReportPageView["report"]): string[] =>
  [
    postponements > 0 && t("report-page:dates.moved", { count: postponements }),
    hops > 0 && t("report-page:dates.hops", { count: hops }),
    cycle > 1 && t("report-page:dates.cycle", { cycle: String(cycle) }),
  ].filter((words) => words !== false);

/** What happened, and never who it was. */
export const logSection = (frame: Frame, { events }: ReportPageView): Html =>
  html`<section class="log" aria-labelledby="log">
    <h2 id="log">${frame.t("report-page:log.title")}</h2>
    <ol>
      ${publicLog(frame, events).map(
        ({ at, what, why }) =>
          html`<li>
            <time datetime="${at.toISOString()}">${momentInWords(frame, at)}</time>
            <span>${what}${why === null ? "" : html`<span class="why">${peopleWords(frame, why)}</span>`}</span>
          </li>`,
      )}
    </ol>
  </section>`;
