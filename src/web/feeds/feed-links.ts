/** How people and their programs find from a list to the same reports as data. */
import { html } from "hono/html";
import type { Frame, Html } from "../pages/frame.ts";
import type { Asked } from "../pages/report-filter.ts";

const FEEDS = [
  { path: "/feeds/reports.atom", type: "application/atom+xml", key: "feeds:atom" },
  { path: "/feeds/reports.geojson", type: "application/geo+json", key: "feeds:geojson" },
  { path: "/feeds/reports.csv", type: "text/csv", key: "feeds:csv" },
] as const;

/** For the head: feed readers look there when they are given the page's own address. */
export const feedHead = ({ t, href }: Frame, asked: Asked): Html =>
  html`${FEEDS.map(({ path, type, key }) => html`<link rel="alternate" type="${type}" title="${t(key)}" href="${href(path, asked)}" />`)}`;

/** For the body: one line under the list. */
export const feedLine = ({ t, href }: Frame, asked: Asked): Html =>
  html`<p class="lead">
    ${t("feeds:line")}
    ${FEEDS.map(({ path, key }, i) => html`${i === 0 ? "" : " · "}<a href="${href(path, asked)}">${t(key)}</a>`)}
  </p>`;
