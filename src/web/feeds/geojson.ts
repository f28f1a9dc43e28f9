/** `/feeds/reports.geojson`: a page of reports as features (RFC 7946), newest number first, with the address of the next page. */
import { Hono } from "hono";
import { z } from "zod";
import { publicLinks, toFeature } from "../../report/feature.ts";
import { listPublicReports } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { localeOf } from "../pages/frame.ts";
import { cursor } from "../pages/read-query.ts";
import { readFilter, toFilter } from "../pages/report-filter.ts";
import { badJson, feedUrl, lastChange } from "./feed-query.ts";

const PATH = "/feeds/reports.geojson";
const TYPE = "application/geo+json";
const A_PAGE = 500;
const MOST = 1000;

const limit = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
  .refine((size) => size >= 1 && size <= MOST)
  .optional();

/** The feed for maps and programs that want it page by page. */
export const geoJsonFeed = (deps: WebDeps): Hono =>
  new Hono().get(PATH, async (c) => {
    const read = readFilter(c, deps, { after: cursor, limit });
    if (!read.ok) return badJson(c, read.names);
    const { after, limit: size = A_PAGE, ...asked } = read.values;
    const { db, city } = deps;
    const page = { after: after ?? null, limit: size + 1 };
    const found = await listPublicReports(db, city, toFilter(city, asked, deps.now()), page);
    const shown = found.slice(0, size);
    const address = (from: number | undefined): string =>
      feedUrl(c, deps, PATH, { ...asked, limit: read.values.limit, after: from });
    const next = found.length > size ? address(shown.at(-1)?.id) : null;
    const links = [
      { rel: "self", type: TYPE, href: address(after) },
      ...(next === null ? [] : [{ rel: "next", type: TYPE, href: next }]),
    ];
    const locale = localeOf(c, deps);
    const to = publicLinks(deps.baseUrl(c));
    const features = shown.map((report) => toFeature(city, locale, to, report));
    if (next !== null) c.header("link", `<${next}>; rel="next"`);
    const changed = lastChange(shown);
    if (changed !== null) c.header("last-modified", changed.toUTCString());
    c.header("content-language", locale);
    return c.body(JSON.stringify({ type: "FeatureCollection", links, features }), 200, { "content-type": TYPE });
  });
