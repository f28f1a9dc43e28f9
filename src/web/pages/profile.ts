import { Hono } from "hono";
import { html } from "hono/html";
import { momentInWords } from "../../notices/dates.ts";
import { agencyName, districtName, topicTitle } from "../../notices/report-words.ts";
import { ofInWords, percentInWords } from "../../notices/statistics-words.ts";
import {
  bestAndWorstTopics,
  FEWEST_FOR_PERCENT,
  figuresOf,
  type Counted,
  type TopicFigures,
} from "../../report/statistics.ts";
import { monthsOf } from "../../report/statistics-period.ts";
import { listPublicReports, type PublicReport } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { frameOf, type Frame, type Html } from "./frame.ts";
import { renderPage } from "./layout.ts";
import { reportCard } from "./parts.ts";
import { problemPage } from "./problem.ts";
import { readQuery } from "./read-query.ts";
import { figuresList } from "./stats-figures.ts";
import { plotImage } from "./stats-plot-image.ts";
import { PNG_SIZE } from "./stats-plots.ts";

/** Whose page it is. */
type Profile = { kind: "agency" | "district"; id: string; name: string };

const LATEST = 5;

/** `/a/AGENCY` and `/d/DISTRICT`: how an agency or a district does, and what was filed last. */
export const profilePages = (deps: WebDeps): Hono => {
  const page =
    (kind: Profile["kind"], all: readonly { id: string }[]) =>
    async (c: Parameters<typeof frameOf>[0]): Promise<Response> => {
      const id = c.req.param("id") ?? "";
      if (!all.some((one) => one.id === id)) return problemPage(c, deps, 404);
      const read = readQuery(c, deps, {});
      if (!read.ok) return problemPage(c, deps, 400, read.names);
      const frame = frameOf(c, deps);
      const name = kind === "agency" ? agencyName(frame, id) : districtName(frame, id);
      const [counted, latest] = await Promise.all([
        deps.statistics(),
        listPublicReports(deps.db, deps.city, ofProfile({ kind, id }), { after: null, limit: LATEST }),
      ]);
      return c.html(renderProfile(frame, { kind, id, name }, counted, latest));
    };
  return new Hono()
    .get("/a/:id", page("agency", deps.city.agencies))
    .get("/d/:id", page("district", deps.city.districts));
};

const ofProfile = ({ kind, id }: Pick<Profile, "kind" | "id">): { agencyId: string } | { districtId: string } =>
  kind === "agency" ? { agencyId: id } : { districtId: id };

const renderProfile = (frame: Frame, profile: Profile, counted: Counted, latest: readonly PublicReport[]): Html => {
  const { t, href, url, asset } = frame;
  const { kind, id, name } = profile;
  const feed = { [kind]: id };
  return renderPage(frame, {
    title: name,
    description: t(`stats:profile.about_${kind}`, { name }),
    head: html`<link rel="stylesheet" href="${asset("stats.css")}" />
      <link rel="alternate" type="application/atom+xml" title="${name}" href="${href("/feeds/reports.atom", feed)}" />`,
    image: {
      url: url("/stats/plot.png", { kind: "months", [kind]: id }),
      ...PNG_SIZE,
      alt: t("stats:months.alt"),
    },
    body: html`<div class="stats">
      <p class="eyebrow">${t(`stats:profile.${kind}`)}</p>
      <h1>${name}</h1>
      ${figuresSections(frame, profile, counted)} ${topicsSection(frame, profile, counted)}
      <section class="panel" aria-labelledby="latest">
        <h2 id="latest">${t("stats:profile.latest")}</h2>
        ${
          latest.length === 0
            ? html`<p>${t("stats:profile.latest_none")}</p>`
            : html`<ol class="cards">
                ${latest.map((report) => html`<li>${reportCard(frame, report)}</li>`)}
              </ol>`
        }
        <p class="profile-links">
          <a class="button is-quiet" href="${href("/", { [kind]: id })}">${t("stats:profile.all")}</a>
          <a class="button is-quiet" href="${href("/feeds/reports.atom", feed)}">${t("stats:profile.feed")}</a>
        </p>
      </section>
    </div>`,
  });
};

const figuresSections = (frame: Frame, { kind, id }: Profile, counted: Counted): Html => {
  const { t, href } = frame;
  const of = ofProfile({ kind, id });
  const everything = figuresOf(counted, of);
  const year = figuresOf(counted, { ...of, ...monthsOf(frame.city, "year", counted.asOf) });
  const asOf = momentInWords(frame, counted.asOf);
  return html`<section class="stats" aria-labelledby="now">
      <h2 id="now">${t("stats:profile.now")}</h2>
      ${figuresList(frame, everything, ["open", "overdue"])}
      <p class="profile-links">
        <a class="button is-quiet" href="${href("/", { [kind]: id, status: "open" })}"
          >${t("stats:profile.all_open")}</a
        >
        <a class="button is-quiet" href="${href("/", { [kind]: id, overdue: "yes" })}"
          >${t("stats:profile.all_overdue")}</a
        >
      </p>
    </section>
    <section class="stats" aria-labelledby="year">
      <h2 id="year">${t("stats:profile.year")}</h2>
      ${figuresList(frame, year, ["filed", "in_time", "median", "confirmed", "reopened"])}
      ${
        year.filed === 0
          ? ""
          : html`<div class="panel">
              ${plotImage(frame, { kind: "months", alt: t("stats:months.alt_elsewhere"), query: { [kind]: id } })}
            </div>`
      }
      <p class="profile-links">
        <a class="button is-quiet" href="${href("/stats", { [kind]: id })}">${t("stats:profile.stats")}</a>
      </p>
      <p class="note">${t("stats:profile.as_of", { asOf })}</p>
    </section>`;
};

const topicsSection = (frame: Frame, { kind, id }: Profile, counted: Counted): Html => {
  const { t } = frame;
  const { best, worst } = bestAndWorstTopics(counted, ofProfile({ kind, id }));
  const least = { least: FEWEST_FOR_PERCENT };
  return html`<section class="panel" aria-labelledby="topics">
    <h2 id="topics">${t("stats:profile.topics")}</h2>
    ${
      best.length === 0
        ? html`<p>${t("stats:profile.topics_none", least)}</p>`
        : html`<p class="note">${t("stats:profile.topics_note", least)}</p>
            <div class="topics">
              ${topicsTable(frame, t(worst.length === 0 ? "stats:profile.only" : "stats:profile.best"), best)}
              ${worst.length === 0 ? "" : topicsTable(frame, t("stats:profile.worst"), worst)}
            </div>`
    }
  </section>`;
};

const topicsTable = (frame: Frame, title: string, topics: readonly TopicFigures[]): Html => {
  const { t } = frame;
  return html`<div class="table-frame" role="region" aria-label="${title}" tabindex="0">
    <table>
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t("stats:profile.topic")}</th>
          <th scope="col" class="num">${t("stats:column.in_time")}</th>
          <th scope="col" class="num">${t("stats:column.confirmed")}</th>
        </tr>
      </thead>
      <tbody>
        ${topics.map(
          ({ topicId, inTime, confirmed }) =>
            html`<tr>
              <th scope="row">${topicTitle(frame, topicId)}</th>
              ${[inTime, confirmed].map(
                (share) =>
                  html`<td class="num">${percentInWords(frame, share)} <small>${ofInWords(frame, share)}</small></td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};
