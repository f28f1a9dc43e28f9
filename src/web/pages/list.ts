import { Hono } from "hono";
import { html } from "hono/html";
import { numberInWords } from "../../notices/statistics-words.ts";
import { countByDistrict } from "../../store/queries/public-map.ts";
import { findPublicReport, listPublicReports, type PublicReport } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { remembering } from "../remembering.ts";
import { feedHead, feedLine } from "../feeds/feed-links.ts";
import { districtMap } from "./district-map.ts";
import { chosenFilters, chosenOf, filterForm } from "./filter-form.ts";
import { frameOf, type Frame, type Html } from "./frame.ts";
import { renderPage } from "./layout.ts";
import { reportCard } from "./parts.ts";
import { problemPage } from "./problem.ts";
import { cursor } from "./read-query.ts";
import { readFilter, toFilter, type Asked } from "./report-filter.ts";

const A_PAGE = 20;

/** A report's number, in the address and typed into the search. */
const NUMBER = /^(?:№|#|no?\.?\s)?\s*(\d{1,12})$/i;

type Found = {
  asked: Asked;
  reports: readonly PublicReport[];
  /** Where the next page begins; null on the last one. */
  next: number | null;
  isFirstPage: boolean;
  /** The report whose number was typed, if there is one. */
  numbered: number | null;
  byDistrict: ReadonlyMap<string, number>;
};

/** `/`: the public reports, as a list and on a map, under the same filters. */
export const listPage = (deps: WebDeps): Hono => {
  // Counting takes as long as there are reports; the pages of a list, and those of its districts, need it once a minute.
  const remember = remembering<ReadonlyMap<string, number>>({ ms: deps.cacheMs });
  // A district of the map leads to the same list in that district, so the numbers are those of all districts.
  const countsOf = (asked: Asked): Promise<ReadonlyMap<string, number>> => {
    const anywhere: Asked = { ...asked, district: undefined };
    return remember(JSON.stringify(anywhere), () =>
      countByDistrict(deps.db, deps.city, toFilter(deps.city, anywhere, deps.now())),
    );
  };
  return new Hono().get("/", async (c) => {
    const read = readFilter(c, deps, { after: cursor });
    if (!read.ok) return problemPage(c, deps, 400, read.names);
    const frame = frameOf(c, deps);
    const { after, ...asked } = read.values;
    // A form sends what was left empty, too: the address that is shared has only what was chosen.
    if ([...frame.query.values()].includes("")) return c.redirect(frame.href("/", { ...asked, after }), 302);
    const filter = toFilter(deps.city, asked, frame.now);
    const [page, byDistrict, numbered] = await Promise.all([
      listPublicReports(deps.db, deps.city, filter, { after: after ?? null, limit: A_PAGE + 1 }),
      countsOf(asked),
      findNumbered(deps, asked.q ?? ""),
    ]);
    const reports = page.slice(0, A_PAGE);
    const found: Found = {
      ...{ asked, reports, byDistrict, numbered },
      next: page.length > A_PAGE ? (reports.at(-1)?.id ?? null) : null,
      isFirstPage: after === undefined,
    };
    return c.html(
      renderPage(frame, {
        title: "",
        description: frame.t("pages:list.description"),
        body: bodyOf(frame, found),
        head: headOf(frame, asked),
        isUnlisted: chosenOf(asked).length > 0 || after !== undefined,
      }),
    );
  });
};

/** The report whose number was typed into the search, if there is one. */
const findNumbered = async ({ db, city }: WebDeps, typed: string): Promise<number | null> => {
  const number = NUMBER.exec(typed)?.[1];
  if (number === undefined) return null;
  return (await findPublicReport(db, city, Number(number))) === null ? null : Number(number);
};

const headOf = (frame: Frame, asked: Asked): Html => {
  const { asset } = frame;
  return html`<link rel="stylesheet" href="${asset("leaflet.css")}" />
    <link rel="stylesheet" href="${asset("list.css")}" />
    <script src="${asset("leaflet.js")}" defer></script>
    <script src="${asset("map.ts")}" type="module"></script>
    ${feedHead(frame, asked)}`;
};

const bodyOf = (frame: Frame, found: Found): Html => {
  const { t, href } = frame;
  const { asked, reports, next } = found;
  return html`<div class="explore">
    <div class="explore-head">
      <h1>${t("pages:list.title")}</h1>
      <p class="lead">${t("pages:list.lead")}</p>
      <p class="file">
        <a class="button" href="${frame.chatPath ?? frame.startLink("")}"
          >${t(frame.chatPath === null ? "pages:report.telegram" : "pages:report.chat")}</a
        >
      </p>
      ${filterForm(frame, asked)}
    </div>
    <section class="explore-map" aria-labelledby="map-title">
      <h2 id="map-title" class="visually-hidden">${t("pages:map.title")}</h2>
      <a class="skip-map" href="#list">${t("pages:map.skip")}</a>
      ${mapOf(frame, found)}
    </section>
    <section class="explore-list" id="list" tabindex="-1" aria-labelledby="list-title">
      <h2 id="list-title" class="count">${countInWords(frame, found)}</h2>
      ${chosenFilters(frame, asked)}
      ${found.numbered === null ? "" : html`<p class="numbered"><a href="${href(`/r/${found.numbered}`)}">${t("pages:list.numbered", { number: String(found.numbered) })}</a></p>`}
      ${
        reports.length === 0
          ? nothing(frame, found)
          : html`<ol class="cards">
              ${reports.map((report) => html`<li>${reportCard(frame, report)}</li>`)}
            </ol>`
      }
      ${next === null ? "" : html`<p class="more"><a class="button is-quiet" rel="next" href="${href("/", { ...asked, after: next })}#list">${t("pages:list.more")}</a></p>`}
      ${feedLine(frame, asked)}
    </section>
  </div>`;
};

const mapOf = (frame: Frame, { asked, byDistrict }: Found): Html => {
  const { t, href, city } = frame;
  const { after: _, ...shown } = Object.fromEntries(frame.query);
  const box = city.districts;
  const words = {
    here: t("pages:map.here"),
    open: t("pages:map.open"),
    several: t("pages:map.several"),
    list: t("pages:map.list"),
    failed: t("pages:map.failed"),
    zoomIn: t("pages:map.zoomIn"),
    zoomOut: t("pages:map.zoomOut"),
  };
  return html`<div
    class="map"
    data-points="${href("/map/points.json", shown)}"
    data-base="${href("/map/base.json")}"
    data-list="${href("/", { ...asked, box: null })}"
    data-report="${href("/r/0")}"
    data-tiles="${city.map?.tiles ?? ""}"
    data-attribution="${city.map?.attribution ?? ""}"
    data-box="${asked.box ?? ""}"
    data-words="${JSON.stringify(words)}"
  >
    ${box.length === 0 ? "" : districtMap(frame, byDistrict, { linkTo: (district) => href("/", { ...asked, box: null, district }), chosen: asked.district })}
  </div>`;
};

/** How many there are, told exactly: the districts' numbers add up to it. */
const countInWords = (frame: Frame, { byDistrict, asked }: Found): string => {
  const { t } = frame;
  const { district } = asked;
  const counts = district === undefined ? [...byDistrict.values()] : [byDistrict.get(district) ?? 0];
  const count = counts.reduce((sum, many) => sum + many, 0);
  const isChosen = chosenOf(asked).length > 0;
  if (count === 0) return t(isChosen ? "pages:list.countNone" : "pages:list.none");
  const number = numberInWords(frame, count);
  return t(isChosen ? "pages:list.countFound" : "pages:list.countAll", { count, number });
};

const nothing = ({ t, href }: Frame, { asked, isFirstPage }: Found): Html => {
  const chosen = chosenOf(asked);
  const isBackwards = asked.from !== undefined && asked.to !== undefined && asked.from > asked.to;
  const why = isBackwards ? "backwards" : !isFirstPage ? "noMore" : chosen.length > 0 ? "nothing" : "empty";
  return html`<div class="nothing">
    <p>${t(`pages:list.${why}`)}</p>
    ${
      chosen.length === 0 && isFirstPage
        ? ""
        : html`<p><a class="button is-quiet" href="${href("/")}">${t("pages:list.all")}</a></p>`
    }
  </div>`;
};
