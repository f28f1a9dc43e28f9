/** `/r/NUMBER`: the page of one report. */
import { Hono, type Context } from "hono";
import { html } from "hono/html";
import { categoryOf } from "../../city/category.ts";
import { cityDate } from "../../city/city-time.ts";
import { shorten, textIn } from "../../city/text.ts";
import { dayInWords } from "../../notices/dates.ts";
import { agencyName, topicTitle } from "../../notices/report-words.ts";
import { SHARE_SIZE } from "../../pictures/share-card.ts";
import { getPublicTurn } from "../../store/queries/public-page.ts";
import { findPublicReport } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { hiddenReportPage } from "./hidden-report.ts";
import { frameOf, type Frame, type Html } from "./frame.ts";
import { renderPage } from "./layout.ts";
import { peopleWords } from "./people-words.ts";
import { problemPage } from "./problem.ts";
import { readQuery } from "./read-query.ts";
import { answerSection, voteSection } from "./report-answers.ts";
import { dateSection, logSection } from "./report-dates.ts";
import { nextStep } from "./report-next.ts";
import { photoSection } from "./report-photos.ts";
import { sharePictures } from "./report-picture.ts";
import { addressOf, placeSection } from "./report-place.ts";
import { printedSheet, shareSection } from "./report-share.ts";
import { standingInWords, statusLine } from "./report-status.ts";
import { loadReportPage, type ReportPageView } from "./report-view.ts";

/** Numbers as they are written, without zeros before them: every report has one address. */
const NUMBER = /^[1-9]\d{0,11}$/;

/** The page and the picture of it; 404 for a number nobody has. */
export const reportPage = (deps: WebDeps): Hono => {
  const { db, city } = deps;
  const sharePicture = sharePictures(deps);
  const find = async (c: Context) => {
    const number = c.req.param("number") ?? "";
    return NUMBER.test(number) ? findPublicReport(db, city, Number(number)) : null;
  };
  return new Hono()
    .get("/r/:number", async (c) => {
      const query = readQuery(c, deps, {});
      if (!query.ok) return problemPage(c, deps, 400, query.names);
      const found = await find(c);
      if (found === null) return problemPage(c, deps, 404);
      const frame = frameOf(c, deps);
      if (found.shown === "all") return c.html(render(frame, await loadReportPage(deps, found.report)));
      return c.html(hiddenReportPage(frame, found, await getPublicTurn(db, found.id)));
    })
    .get("/r/:number/share.png", async (c) => {
      const query = readQuery(c, deps, {});
      if (!query.ok) return c.text(`Cannot read: ${query.names.join(", ")}`, 400);
      const found = await find(c);
      if (found?.shown !== "all") return c.text("Not found", 404);
      return sharePicture(c, frameOf(c, deps), await loadReportPage(deps, found.report));
    });
};

const render = (frame: Frame, view: ReportPageView): Html => {
  const { t, href, city, locale } = frame;
  const { report, turn } = view;
  const { id, topicId, agencyId } = report;
  const number = String(id);
  const topic = topicTitle(frame, topicId);
  const category = categoryOf(city, topicId);
  const body = html`<article class="report">
      <header class="report-head">
        <p class="report-number">${t("report-page:number", { number })}</p>
        <h1>${topic}</h1>
        <p class="report-status">${statusLine(frame, report)}</p>
        <p class="report-facts">
          ${category === undefined ? "" : html`<span>${textIn(city, category.title, locale)}</span>`}
          <span>${peopleWords(frame, addressOf(frame, report))}</span>
          ${
            agencyId === null
              ? ""
              : html`<span
                  >${t("report-page:agency")}:
                  <a href="${href(`/a/${agencyId}`)}">${agencyName(frame, agencyId)}</a></span
                >`
          }
        </p>
      </header>
      ${nextStep(frame, view)}
      <div class="report-main">
        ${photoSection(frame, view)}
        <section aria-labelledby="said">
          <h2 id="said">${t("report-page:text")}</h2>
          <p class="said">${peopleWords(frame, report.text)}</p>
        </section>
        ${answerSection(frame, view)} ${voteSection(frame, view)} ${dateSection(frame, view)} ${logSection(frame, view)}
      </div>
      <div class="report-side">${placeSection(frame, report)} ${shareSection(frame, view)}</div>
    </article>
    ${printedSheet(frame, view)}`;
  const status = standingInWords(frame, report);
  const place = addressOf(frame, report);
  const date = dayInWords(frame, cityDate(city, report.createdAt));
  return renderPage(frame, {
    title: t("report-page:title", { number, topic }),
    description: shorten(`${t("report-page:summary", { status, place, date })}. ${report.text}`, 200),
    body,
    head: html`<link rel="stylesheet" href="${frame.asset("report.css")}" />
      <script src="${frame.asset("report.ts")}" type="module"></script>`,
    image: {
      url: frame.url(`/r/${id}/share.png`),
      ...SHARE_SIZE,
      alt: t("report-page:share.picture_alt", { topic, status }),
    },
    // What goes on elsewhere is found there.
    isUnlisted: turn.mergedIntoId !== null,
  });
};
