import { Hono } from "hono";
import { html } from "hono/html";
import { textIn } from "../../city/text.ts";
import { momentInWords } from "../../notices/dates.ts";
import { duringMonths, monthsInWords, scopeInWords } from "../../notices/statistics-words.ts";
import { FEWEST_FOR_PERCENT, figuresByMonth, figuresOf, type Counted } from "../../report/statistics.ts";
import { PERIOD_NAMES } from "../../report/statistics-period.ts";
import type { WebDeps } from "../deps.ts";
import { frameOf, type Frame, type Html } from "./frame.ts";
import { renderPage } from "./layout.ts";
import { problemPage } from "./problem.ts";
import { figuresList } from "./stats-figures.ts";
import { plotImage } from "./stats-plot-image.ts";
import { PNG_SIZE } from "./stats-plots.ts";
import { DEFAULT_PERIOD, readStatsQuery, toAddress, toFilter, type StatsQuery } from "./stats-query.ts";
import { rowsOf, type RowKind } from "./stats-rows.ts";
import { sortRows } from "./stats-sort.ts";
import { monthsTable, rowsTable, sharesTable } from "./stats-tables.ts";

/** `/stats`: what became of the reports, in numbers, each with what it is a share of. */
export const statsPage = (deps: WebDeps): Hono =>
  new Hono().get("/stats", async (c) => {
    const read = readStatsQuery(c, deps, {});
    if (!read.ok) return problemPage(c, deps, 400, read.names);
    const frame = frameOf(c, deps);
    const counted = await deps.statistics();
    const title = titleOf(frame, read.values);
    return c.html(
      renderPage(frame, {
        title,
        description: frame.t("stats:description"),
        head: html`<link rel="stylesheet" href="${frame.asset("stats.css")}" />`,
        image: {
          url: frame.url("/stats/plot.png", { ...toAddress(read.values), kind: "months" }),
          ...PNG_SIZE,
          alt: frame.t("stats:months.alt"),
        },
        body: bodyOf(frame, counted, read.values),
      }),
    );
  });

const titleOf = (frame: Frame, { agencyId, districtId, months }: StatsQuery): string => {
  const isAll = agencyId === undefined && districtId === undefined;
  const what = isAll
    ? frame.t("stats:title")
    : `${frame.t("stats:title")}: ${scopeInWords(frame, { agencyId, districtId })}`;
  return `${what}, ${monthsInWords(frame, months)}`;
};

const bodyOf = (frame: Frame, counted: Counted, query: StatsQuery): Html => {
  const { t, href } = frame;
  const figures = figuresOf(counted, toFilter(query));
  const isAll = query.agencyId === undefined && query.districtId === undefined;
  const intro = t("stats:intro", {
    period: duringMonths(frame, query.months),
    asOf: momentInWords(frame, counted.asOf),
  });
  return html`<div class="stats">
    <h1>${isAll ? t("stats:title") : scopeInWords(frame, query)}</h1>
    <p class="lead">${intro}</p>
    ${filters(frame, query)} ${figures.filed === 0 ? empty(frame) : figuresBody(frame, counted, query)}
    <section class="panel prose" aria-labelledby="counted">
      <h2 id="counted">${t("stats:counted.title")}</h2>
      <ul>
        ${(["filed", "in_time", "median", "confirmed", "few"] as const).map(
          (key) => html`<li>${t(`stats:counted.${key}`, { least: FEWEST_FOR_PERCENT })}</li>`,
        )}
      </ul>
      <p><a href="${href("/stats.csv", toAddress(query))}">${t("stats:filter.csv")}</a></p>
    </section>
  </div>`;
};

const empty = ({ t }: Frame): Html =>
  html`<section class="panel">
    <h2>${t("stats:empty.title")}</h2>
    <p>${t("stats:empty.text")}</p>
  </section>`;

const figuresBody = (frame: Frame, counted: Counted, query: StatsQuery): Html => {
  const { t } = frame;
  const filter = toFilter(query);
  const address = toAddress(query);
  const months = figuresByMonth(counted, filter);
  const figures = figuresOf(counted, filter);
  return html`${figuresList(frame, figures, ["filed", "open", "overdue", "in_time", "median", "confirmed", "reopened"])}
    <section class="panel" aria-labelledby="by-month">
      <h2 id="by-month">${t("stats:months.title")}</h2>
      ${plotImage(frame, { kind: "months", alt: t("stats:months.alt"), query: address })} ${monthsTable(frame, months)}
    </section>
    <section class="panel" aria-labelledby="by-share">
      <h2 id="by-share">${t("stats:shares.title")}</h2>
      ${months.length < 2 ? "" : plotImage(frame, { kind: "shares", alt: t("stats:shares.alt"), query: address })}
      ${sharesTable(frame, months)}
    </section>
    ${query.agencyId === undefined ? rowsSection(frame, counted, query, "agency") : ""}
    ${query.districtId === undefined ? rowsSection(frame, counted, query, "district") : ""}`;
};

const rowsSection = (frame: Frame, counted: Counted, query: StatsQuery, kind: RowKind): Html => {
  const { t } = frame;
  const rows = sortRows(rowsOf(frame, counted, toFilter(query), kind), query.sort, frame.locale);
  if (rows.length === 0) return html``;
  const plural = kind === "agency" ? "agencies" : "districts";
  const plot = { kind: plural, alt: t(`stats:${plural}.alt`), query: toAddress(query), count: rows.length } as const;
  return html`<section class="panel" aria-labelledby="by-${kind}">
    <h2 id="by-${kind}">${t(`stats:${plural}.title`)}</h2>
    <p class="note">
      ${t("stats:plot.bars")} ${t("stats:few_note", { least: FEWEST_FOR_PERCENT })} ${t("stats:sort.hint")}
    </p>
    ${plotImage(frame, plot)} ${rowsTable(frame, query, kind, rows)}
  </section>`;
};

const filters = (frame: Frame, query: StatsQuery): Html => {
  const { t, href, city, locale } = frame;
  const { period, months, agencyId, districtId } = query;
  const lang = frame.query.get("lang");
  const select = (
    name: "agency" | "district",
    all: typeof city.agencies | typeof city.districts,
    chosen?: string,
  ): Html =>
    html`<p class="field">
      <label for="f-${name}">${t(`stats:filter.${name}`)}</label>
      <select id="f-${name}" name="${name}">
        <option value="">${t(`stats:filter.any_${name}`)}</option>
        ${all
          .map(({ id, name: names }) => ({ id, label: textIn(city, names, locale) }))
          .toSorted((a, b) => a.label.localeCompare(b.label, locale))
          .map(
            ({ id, label }) => html`<option value="${id}" ${id === chosen ? html` selected` : ""}>${label}</option>`,
          )}
      </select>
    </p>`;
  const month = (name: "from" | "to", value: string | undefined): Html =>
    html`<p class="field">
      <label for="f-${name}">${t(`stats:filter.${name}`)}</label>
      <input
        id="f-${name}"
        name="${name}"
        type="month"
        value="${period === null ? (value ?? "") : ""}"
        min="2000-01"
        max="2099-12"
        pattern="20dd-(0[1-9]|1[0-2])"
        placeholder="${t("stats:filter.month_hint")}"
      />
    </p>`;
  return html`<nav class="periods" aria-label="${t("stats:period.label")}">
      ${PERIOD_NAMES.map(
        (name) =>
          html`<a
            class="button is-quiet"
            href="${href("/stats", toAddress({ ...query, period: name }))}"
            ${name === period ? html` aria-current="true"` : ""}
            >${t(`stats:period.${name}`)}</a
          >`,
      )}
    </nav>
    <form class="stats-filter" method="get" action="/stats" aria-label="${t("stats:filter.label")}">
      ${lang === null ? "" : html`<input type="hidden" name="lang" value="${lang}" />`}
      ${period === null || period === DEFAULT_PERIOD ? "" : html`<input type="hidden" name="period" value="${period}" />`}
      ${select("district", city.districts, districtId)}${select("agency", city.agencies, agencyId)}
      ${month("from", months.from)}${month("to", months.to)}
      <p class="field"><button class="button" type="submit">${t("stats:filter.show")}</button></p>
    </form>`;
};
