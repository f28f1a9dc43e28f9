/** Who owes the next step by when, and what whoever reads can do themselves. */
import { html } from "hono/html";
import { dayInWords } from "../../notices/dates.ts";
import { agencyName } from "../../notices/report-words.ts";
import { lastDayOf } from "../../report/due.ts";
import { STATUSES } from "../../report/status.ts";
import type { Frame, Html } from "./frame.ts";
import type { ReportPageView } from "./report-view.ts";

/** The section. */
export const nextStep = (frame: Frame, view: ReportPageView): Html => {
  const { words, isLate } = nextInWords(frame, view);
  return html`<section class="next${isLate ? " next-late" : ""}" aria-labelledby="next">
    <h2 id="next">${frame.t("report-page:next.title")}</h2>
    <p class="next-words">${words}</p>
    ${actions(frame, view)}
  </section>`;
};

const nextInWords = (frame: Frame, view: ReportPageView): { words: string | Html; isLate: boolean } => {
  const { t, city, now } = frame;
  const { report, turn, desk } = view;
  const { turnEndsAt, mergedIntoId } = turn;
  if (mergedIntoId !== null) return { words: mergedInWords(frame, mergedIntoId), isLate: false };
  if (turnEndsAt === null) return { words: t("report-page:next.nobody"), isLate: false };
  const date = dayInWords(frame, lastDayOf(city, turnEndsAt));
  const isLate = turnEndsAt <= now;
  switch (STATUSES[report.status].owes) {
    case "officer": {
      const agency = agencyName(frame, report.agencyId ?? "");
      return {
        words: t(isLate ? "report-page:next.officer_late" : "report-page:next.officer", { agency, date }),
        isLate,
      };
    }
    case "editor":
      return { words: t(isLate ? "report-page:next.editor_late" : "report-page:next.editor", { date }), isLate };
    case "inspector":
      return {
        words: t(isLate ? "report-page:next.dispute_late" : `report-page:next.${desk ?? "editors"}`, { date }),
        isLate,
      };
    // Nobody is late who may, but need not; the clock ends it within a minute.
    case "author":
      return { words: t("report-page:next.author", { date }), isLate: false };
    case "residents":
      return { words: t("report-page:next.residents", { date }), isLate: false };
    case null:
      return { words: t("report-page:next.nobody"), isLate: false };
  }
};

/** That it goes on elsewhere, with the way there. */
export const mergedInWords = (frame: Frame, originalId: number): Html =>
  frame.rich("report-page:next.merged", { number: String(originalId), url: frame.href(`/r/${originalId}`) });

/** Joining goes on as long as there is something to hear; checking while the answer is checked. The bot sees to who may. */
const actions = (frame: Frame, { report, turn }: ReportPageView): Html | "" => {
  const { t, startLink } = frame;
  if (turn.turnEndsAt === null) return "";
  const action = (payload: string, key: "join" | "check", look: string): Html =>
    html`<p class="action">
      <a class="button${look}" href="${startLink(payload)}" rel="noopener">${t(`report-page:act.${key}`)}</a>
      <span>${t(`report-page:act.${key}_why`)}</span>
    </p>`;
  return html`<div class="actions">
    ${report.status === "published" ? action(`v_${report.id}`, "check", "") : ""}
    ${action(`j_${report.id}`, "join", report.status === "published" ? " is-quiet" : "")}
  </div>`;
};
