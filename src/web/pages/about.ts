import { Hono } from "hono";
import { html } from "hono/html";
import { textIn } from "../../city/text.ts";
import { KEPT_DAYS } from "../../report/retention.ts";
import { OUTCOMES, type Status } from "../../report/status.ts";
import type { WebDeps } from "../deps.ts";
import { frameOf, type Frame, type Html } from "./frame.ts";
import { renderPage } from "./layout.ts";
import { markdown } from "./markdown.ts";
import { statusChip } from "./parts.ts";
import { problemPage } from "./problem.ts";
import { readQuery } from "./read-query.ts";

/** `/about` and `/privacy`. */
export const aboutPages = (deps: WebDeps): Hono =>
  new Hono()
    .get("/about", (c) => {
      const read = readQuery(c, deps, {});
      if (!read.ok) return problemPage(c, deps, 400, read.names);
      const frame = frameOf(c, deps);
      const { t } = frame;
      return c.html(
        renderPage(frame, { title: t("about:title"), description: t("about:description"), body: about(frame) }),
      );
    })
    .get("/privacy", (c) => {
      const read = readQuery(c, deps, {});
      if (!read.ok) return problemPage(c, deps, 400, read.names);
      const frame = frameOf(c, deps);
      const { t } = frame;
      const description = t("about:privacy.description");
      return c.html(renderPage(frame, { title: t("about:privacy.title"), description, body: privacy(frame) }));
    });

const WAY = ["file", "moderate", "work", "answer", "check"] as const;
const DATES = ["days", "pause", "late"] as const;
const SHOWN = ["assigned", "planned", "answered", "published", "disputed"] as const satisfies readonly Status[];
const DATA = [
  ["csv", "/feeds/reports.csv"],
  ["geojson", "/feeds/reports.geojson"],
  ["atom", "/feeds/reports.atom"],
  ["stats", "/stats.csv"],
  ["open311", "/open311/openapi.json"],
] as const;

const about = (frame: Frame): Html => {
  const { t, rich, href, city, locale } = frame;
  const statuses = [
    ...SHOWN.map((status) => ({
      chip: statusChip(frame, { status, outcome: null }),
      means: t(`about:status.${status}`),
    })),
    ...OUTCOMES.map((outcome) => ({
      chip: statusChip(frame, { status: "closed", outcome }),
      means: t(`about:status.${outcome}`),
    })),
  ];
  return html`<article class="prose">
    <h1>${t("about:title")}</h1>
    <p class="lead">${t("about:lead")}</p>
    <aside class="notice" aria-labelledby="urgent">
      <h2 id="urgent">${t("about:emergency.title")}</h2>
      <p>${t("about:emergency.text")}</p>
      <ul class="numbers">
        ${city.emergencyNumbers.map(
          ({ number, title }) =>
            html`<li>
              <a href="tel:${number}"><b>${number}</b> ${textIn(city, title, locale)}</a>
            </li>`,
        )}
      </ul>
    </aside>
    <h2>${t("about:way.title")}</h2>
    <ol>
      ${WAY.map((step) => html`<li>${rich(`about:way.${step}`)}</li>`)}
    </ol>
    <h2>${t("about:dates.title")}</h2>
    <ul>
      ${DATES.map((rule) => html`<li>${t(`about:dates.${rule}`)}</li>`)}
    </ul>
    <h2>${t("about:status.title")}</h2>
    <dl class="meanings">
      ${statuses.map(
        ({ chip, means }) =>
          html`<div>
            <dt>${chip}</dt>
            <dd>${means}</dd>
          </div>`,
      )}
    </dl>
    <h2>${t("about:data.title")}</h2>
    <p>${t("about:data.text")}</p>
    <ul>
      ${DATA.map(([key, path]) => html`<li><a href="${href(path)}">${t(`about:data.${key}`)}</a></li>`)}
    </ul>
    <h2>${t("about:people.title")}</h2>
    <p>${rich("about:people.text", { privacy: href("/privacy") })}</p>
  </article>`;
};

const privacy = (frame: Frame): Html => {
  const { t, city, locale } = frame;
  const days = (count: number): { count: number } => ({ count });
  return html`<article class="prose">
    <h1>${t("about:privacy.title")}</h1>
    <h2>${t("about:privacy.site.title")}</h2>
    <ul>
      <li>${t("about:privacy.site.none")}</li>
      <li>${t("about:privacy.site.theme")}</li>
      <li>${t("about:privacy.site.address")}</li>
      <li>
        ${city.map === undefined ? t("about:privacy.site.noTiles") : t("about:privacy.site.tiles", { host: hostOf(city.map.tiles) })}
      </li>
    </ul>
    <h2>${t("about:privacy.keep.title")}</h2>
    <ul>
      <li>${t("about:privacy.keep.reports")}</li>
      <li>${t("about:privacy.keep.notices", days(KEPT_DAYS.settledNotices))}</li>
      <li>${t("about:privacy.keep.messages", days(KEPT_DAYS.reportMessages))}</li>
      <li>${t("about:privacy.keep.prompts", days(KEPT_DAYS.prompts))}</li>
      <li>${t("about:privacy.keep.updates", days(KEPT_DAYS.handledUpdates))}</li>
      <li>${t("about:privacy.keep.erased")}</li>
    </ul>
    ${markdown(textIn(city, city.consent.full, locale), 2)}
  </article>`;
};

/** Of numbered servers the name they have in common. */
const hostOf = (tiles: string): string => new URL(tiles.replace(/\{s\}\./, "").replaceAll(/[{}]/g, "")).host;
