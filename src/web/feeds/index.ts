import { Hono } from "hono";
import type { WebDeps } from "../deps.ts";
import { atomFeed } from "./atom.ts";
import { csvExport } from "./csv.ts";
import { geoJsonFeed } from "./geojson.ts";

/** The public reports for programs, under the same filters as the list of the pages. */
export const feedRoutes = (deps: WebDeps): Hono =>
  new Hono().route("/", geoJsonFeed(deps)).route("/", atomFeed(deps)).route("/", csvExport(deps));
