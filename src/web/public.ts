/** Everything the public sees, behind the same headers, limits and cache. A new part is one line here. */
import { Hono } from "hono";
import type { City } from "../city/schema.ts";
import { assetRoutes } from "./assets.ts";
import type { WebDeps } from "./deps.ts";
import { cached } from "./middleware/cached.ts";
import { rateLimit } from "./middleware/rate-limit.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { isOpen311, open311Routes, refuseTooMany } from "./open311/index.ts";
import { feedRoutes } from "./feeds/index.ts";
import { aboutPages } from "./pages/about.ts";
import { localeOf } from "./pages/frame.ts";
import { listPage } from "./pages/list.ts";
import { mapData } from "./pages/map-data.ts";
import { problemPage } from "./pages/problem.ts";
import { profilePages } from "./pages/profile.ts";
import { reportPage } from "./pages/report.ts";
import { statsCsv } from "./pages/stats-csv.ts";
import { statsPage } from "./pages/stats.ts";
import { statsPlots } from "./pages/stats-plots.ts";
import { photoRoutes } from "./photos.ts";

/** The public pages, data and files. Registered last: what it does not know gets its 404. */
export const publicRoutes = (deps: WebDeps): Hono => {
  const app = new Hono();
  app.use(securityHeaders(tileSources(deps.city)));
  // Before the limit: a page brings a dozen of them along, and they cost nothing.
  app.route("/", assetRoutes());
  app.use(rateLimit(deps.rate, (c) => (isOpen311(c) ? refuseTooMany(c, deps) : problemPage(c, deps, 429))));
  app.route("/", photoRoutes(deps));
  app.use(cached({ ms: deps.cacheMs, variesBy: (c) => `${localeOf(c, deps)} ${deps.baseUrl(c)}` }));

  app.route("/", open311Routes(deps));
  app.route("/", listPage(deps));
  app.route("/", mapData(deps));
  app.route("/", aboutPages(deps));
  app.route("/", feedRoutes(deps));
  app.route("/", reportPage(deps));
  app.route("/", statsPage(deps));
  app.route("/", statsPlots(deps));
  app.route("/", statsCsv(deps));
  app.route("/", profilePages(deps));
  app.all("*", (c) => problemPage(c, deps, 404));

  app.onError((error, c) => {
    deps.log.error({ err: error, path: c.req.path }, "request failed");
    return problemPage(c, deps, 500);
  });
  return app;
};

/** Where a browser may fetch the map's tiles from; a server's numbered names are one family. */
const tileSources = ({ map }: Pick<City, "map">): string[] =>
  map === undefined ? [] : [new URL(map.tiles.replace(/\{s\}\./, "*.").replaceAll(/[{}]/g, "")).origin];
