import { Hono } from "hono";
import type { WebDeps } from "../deps.ts";
import { atomFeed } from "./atom.ts";
import { csvExport } from "./csv.ts";
import { geoJsonFeed } from "./geojson.ts";

/** The public reports for programs, under the same filters as the list of the pages. */
export const feedRoutes = (deps: WebDeps): Hono =>
  new Hono()
    .use("/feeds/*", async (c, next) => {
      await next();
      // What everybody may read, a page of any site may read.
      c.header("access-control-allow-origin", "*");
    })
    .route("/", geoJsonFeed(deps))
    .route("/", atomFeed(deps))
    .route("/", csvExport(deps));
