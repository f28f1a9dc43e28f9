/** The pages' scripts, styles and icons, and Leaflet's, served under an address that changes with them. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Hono } from "hono";
import { acceptsGzip } from "./middleware/accepts-gzip.ts";

type Asset = { plain: Buffer; gzipped: Buffer; type: string };

const FOLDER = new URL("pages/assets/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  ts: "text/javascript; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** What comes from packages, by the name it is served under. */
const PACKAGED = {
  "leaflet.js": "leaflet/dist/leaflet.js",
  "leaflet.css": "leaflet/dist/leaflet.css",
} as const;

const load = (name: string, file: string): Asset | null => {
  const ending = /\.([a-z]+)$/.exec(name)?.[1] ?? "";
  const type = TYPES[ending];
  if (type === undefined) return null;
  const source = readFileSync(file, "utf8");
  // The types go and the positions stay, so the browser's debugger shows the lines of the source.
  const plain = Buffer.from(ending === "ts" ? stripTypeScriptTypes(source, { mode: "strip" }) : source);
  return { plain, gzipped: gzipSync(plain), type };
};

const ASSETS: ReadonlyMap<string, Asset> = new Map(
  [
    ...readdirSync(FOLDER).map((name) => [name, fileURLToPath(new URL(name, FOLDER))] as const),
    ...Object.entries(PACKAGED).map(([name, path]) => [name, fileURLToPath(import.meta.resolve(path))] as const),
  ].flatMap(([name, file]) => {
    const asset = load(name, file);
    return asset === null ? [] : [[name, asset] as const];
  }),
);

const VERSION = [...ASSETS]
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .reduce((hash, [name, { plain }]) => hash.update(name).update(plain), createHash("sha256"))
  .digest("hex")
  .slice(0, 12);

/** Where a file of `pages/assets/` is served; throws for a name that is not there. */
export const assetPath = (name: string): string => {
  if (!ASSETS.has(name)) throw new Error(`There is no asset ${name}`);
  return `/assets/${VERSION}/${name}`;
};

/** Serves them: for ever under this version, for a moment under one that a page from before a deploy still names. */
export const assetRoutes = (): Hono =>
  new Hono()
    .get("/assets/:version/:name", (c) => {
      const asset = ASSETS.get(c.req.param("name"));
      if (asset === undefined) return c.notFound();
      const isCurrent = c.req.param("version") === VERSION;
      const isGzip = acceptsGzip(c.req.header("accept-encoding"));
      return c.body(new Uint8Array(isGzip ? asset.gzipped : asset.plain), 200, {
        "content-type": asset.type,
        "cache-control": isCurrent ? "public, max-age=31536000, immutable" : "public, max-age=60",
        vary: "Accept-Encoding",
        ...(isGzip && { "content-encoding": "gzip" }),
      });
    })
    .get("/favicon.ico", (c) => c.redirect(assetPath("icon.svg"), 302))
    .get("/robots.txt", (c) => c.text("User-agent: *\nAllow: /\n"));
