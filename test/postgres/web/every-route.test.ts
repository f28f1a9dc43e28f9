/**
 * A walk over everything the program answers over HTTP, after reports of every kind of life have been through it: nobody's name, phone, id,
 * flat, unpassed words or hidden photo is anywhere. A route that is new has to be entered here, or the test fails.
 */
import { XMLValidator } from "fast-xml-parser";
import type { Hono } from "hono";
import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isShown } from "../../../src/report/status.ts";
import { largeOf, thumbnailOf } from "../../../src/report/photo.ts";
import { createWeb } from "../../../src/web/app.ts";
import { assetPath } from "../../../src/web/assets.ts";
import { publicRoutes } from "../../../src/web/public.ts";
import { reports } from "../../../src/store/schema/reports.ts";
import { anOriginal, castOfLife, LIFE_NAMES, live } from "../../support/life.ts";
import { hoursAfter, NOON } from "../../support/people.ts";
import { plantPeople, plantPhotos, plantWords } from "../../support/planted.ts";
import { aStoredPhoto, inMemoryPhotos } from "../../support/stored-photos.ts";
import { freshWeb, type FreshWeb } from "../../support/web.ts";

type Form = "html" | "json" | "xml" | "text" | "csv" | "svg" | "picture" | "script";

/** What is known of a route: addresses that answer, with wrong parameters, and of what nobody has; `errors` is the form of its refusals. */
type Entry = {
  form: Form;
  good: (world: World) => string[];
  bad?: readonly string[];
  missing?: (world: World) => string[];
  errors?: Form;
  /** For machines of our own: no browser ever shows it. */
  isInner?: boolean;
};

type World = { ids: readonly number[]; shown: readonly number[]; photo: string; hidden: readonly string[] };

const FILTERS = ["", "q=фонарь", "district=kuntsevo&status=open", "category=home", "overdue=yes", "from=2026-01-01"];
const BAD_FILTERS = ["lang=xx", "status=submitted", "status=rejected", "from=0000-01-01", "box=1,2,3", "q=a&q=b"];
const filtered = (path: string, filters: readonly string[] = FILTERS): string[] =>
  filters.map((one) => `${path}?${one}`);

const page = (path: string): Entry => ({ form: "html", good: () => [path], bad: [`${path}?lang=xx`] });
const STATS = ["", "period=all", "agency=lighting", "district=kuntsevo", "from=2026-01&to=2026-12"];
const BAD_STATS = ["lang=xx", "from=2026-13", "agency=nobody", "sort=secret"];

const ROUTES: Readonly<Record<string, Entry>> = {
  "GET /healthz": { form: "json", good: () => ["/healthz"], isInner: true },
  "GET /readyz": { form: "json", good: () => ["/readyz"], isInner: true },
  "GET /assets/:version/:name": {
    form: "script",
    good: () => [assetPath("theme.ts"), assetPath("leaflet.js")],
    missing: () => ["/assets/x/nothing.js", "/assets/x/__proto__", "/assets/x/..%2f..%2fassets.ts"],
    errors: "text",
  },
  "GET /robots.txt": { form: "text", good: () => ["/robots.txt"] },
  "GET /photos/:name": {
    form: "picture",
    good: ({ photo }) => [`/photos/${largeOf(photo)}`, `/photos/${thumbnailOf(photo)}`],
    missing: ({ hidden }) => [
      ...hidden.flatMap((name) => [`/photos/${largeOf(name)}`, `/photos/${thumbnailOf(name)}`]),
      "/photos/..%2f..%2fpackage.json",
    ],
    errors: "text",
  },
  "GET /": {
    form: "html",
    good: () =>
      filtered(
        "/",
        FILTERS.map((one) => `${one}&utm=x`),
      ),
    bad: filtered("/", [...BAD_FILTERS, "after=-1"]),
  },
  "GET /map/points.json": {
    form: "json",
    good: () =>
      ["zoom=0", "zoom=13", "zoom=22", "zoom=22&box=-90,-180,90,180"].map((query) => `/map/points.json?${query}`),
    bad: filtered("/map/points.json", ["", "zoom=99", "zoom=1&lang=xx"]),
  },
  "GET /map/base.json": { form: "json", good: () => ["/map/base.json"] },
  "GET /about": page("/about"),
  "GET /privacy": page("/privacy"),
  "GET /feeds/reports.geojson": {
    form: "json",
    good: () => filtered("/feeds/reports.geojson"),
    bad: filtered("/feeds/reports.geojson", [...BAD_FILTERS, "limit=0"]),
  },
  "GET /feeds/reports.atom": {
    form: "xml",
    good: () => filtered("/feeds/reports.atom"),
    bad: filtered("/feeds/reports.atom", BAD_FILTERS),
    errors: "text",
  },
  "GET /feeds/reports.csv": {
    form: "csv",
    good: () => filtered("/feeds/reports.csv"),
    bad: filtered("/feeds/reports.csv", BAD_FILTERS),
    errors: "text",
  },
  "GET /r/:number": {
    form: "html",
    good: ({ ids }) => ids.map((id) => `/r/${id}`),
    bad: ["/r/1?lang=xx"],
    missing: () => ["/r/999999", "/r/999999999999", "/r/0", "/r/01", "/r/1e3", "/r/%00"],
  },
  "GET /r/:number/share.png": {
    form: "picture",
    // What is drawn on it, its own test reads.
    good: ({ shown }) => shown.slice(0, 2).map((id) => `/r/${id}/share.png`),
    bad: ["/r/1/share.png?lang=xx"],
    missing: ({ ids, shown }) => [999999, ...ids.filter((id) => !shown.includes(id))].map((id) => `/r/${id}/share.png`),
    errors: "text",
  },
  "GET /stats": { form: "html", good: () => filtered("/stats", STATS), bad: filtered("/stats", BAD_STATS) },
  "GET /stats/plot.svg": {
    form: "svg",
    good: () =>
      filtered(
        "/stats/plot.svg",
        ["months", "shares", "agencies", "districts"].map((kind) => `kind=${kind}`),
      ),
    bad: filtered("/stats/plot.svg", ["", "kind=other", ...BAD_STATS.map((one) => `kind=months&${one}`)]),
    errors: "html",
  },
  "GET /stats/plot.png": {
    form: "picture",
    good: () => ["/stats/plot.png?kind=months"],
    bad: ["/stats/plot.png?kind=other"],
    errors: "html",
  },
  "GET /stats.csv": {
    form: "csv",
    good: () => filtered("/stats.csv", STATS),
    bad: filtered("/stats.csv", BAD_STATS),
    errors: "text",
  },
  "GET /a/:id": { ...page("/a/lighting"), missing: () => ["/a/nobody", "/a/__proto__", "/a/%00"] },
  "GET /d/:id": { ...page("/d/kuntsevo"), missing: () => ["/d/nowhere", "/d/constructor"] },
  "GET /open311/openapi.json": { form: "json", good: () => ["/open311/openapi.json"] },
};

/** The API's resources as its document names them, without the ending; each answers in both formats. */
const API: Readonly<Record<string, Omit<Entry, "form">>> = {
  discovery: { good: () => ["discovery"] },
  services: { good: () => ["services"] },
  "services/{service_code}": { good: () => ["services/yard-light"], missing: () => ["services/nothing"] },
  requests: {
    good: ({ ids }) => [
      "requests",
      "requests?status=closed",
      `requests?service_request_id=${ids.join()}&extensions=true`,
    ],
    bad: ["requests?page=0", "requests?start_date=0000-01-01T00:00:00Z", "requests?lat=1", "requests?status=submitted"],
  },
  "requests/{service_request_id}": {
    good: ({ ids }) => ids.map((id) => `requests/${id}?extensions=true`),
    bad: ["requests/1?extensions=maybe"],
    missing: () => ["requests/999999", "requests/9999999999", "requests/x"],
  },
  "tokens/{token}": { good: () => [], missing: () => ["tokens/x", "tokens/%00"] },
  servicerequestupdates: {
    good: ({ ids }) => ["servicerequestupdates", `servicerequestupdates?service_request_id=${ids.join()}`],
    bad: ["servicerequestupdates?start_date=0000-01-01T00:00:00Z", "servicerequestupdates?end_date=tomorrow"],
  },
};

const TYPES: Readonly<Record<Form, RegExp>> = {
  html: /^text\/html\b/,
  json: /^application\/(geo\+)?json\b/,
  xml: /^(text|application)\/(atom\+)?xml\b/,
  text: /^text\/plain\b/,
  csv: /^text\/csv\b/,
  svg: /^image\/svg\+xml\b/,
  picture: /^image\/(png|jpeg)\b/,
  script: /^text\/javascript\b/,
};

const files = inMemoryPhotos();
let web: FreshWeb;
let app: Hono;
let world: World;
let secrets: string[];

beforeAll(async () => {
  web = await freshWeb({ files, now: () => hoursAfter(NOON, 24) });
  app = createWeb({
    ready: () => Promise.resolve({ store: "ok" }),
    webhook: { secret: "s", handle: () => Promise.resolve({ status: 200, body: null }) },
    ...{ localTelegram: null, pages: web.web, log: web.log },
  });
  const { db } = web.store;
  const cast = await castOfLife(web, NOON);
  const originalId = await anOriginal(web, cast, NOON);
  const lived: Awaited<ReturnType<typeof live>>["report"][] = [];
  for (const life of LIFE_NAMES) lived.push((await live(web, { cast, originalId }, life, NOON)).report);
  const ids = lived.map(({ id }) => id);
  secrets = await plantPeople(db);
  const hidden: string[] = [];
  for (const id of ids) {
    secrets.push(...(await plantWords(db, cast, id)));
    hidden.push(...(await plantPhotos(db, files, id)));
  }
  // A thing within a home: where exactly is nobody's business.
  await db.update(reports).set({ topicId: "lift", lat: 55.73041, lon: 37.42047 }).where(inArray(reports.id, ids));
  secrets = [...new Set([...secrets, ...hidden, "55.73041", "37.42047"])];
  const shown = lived.filter(isShown).map(({ id }) => id);
  const photo = await aStoredPhoto(db, files, { reportId: shown[0] ?? 0, position: 0 });
  world = { ids, shown, photo, hidden };
});
afterAll(() => web.store.close());

const inLanguages = (path: string): string[] =>
  /[?&]lang=/.test(path) ? [path] : ["ru", "en"].map((lang) => `${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);

/** Asks, and holds the answer to everything that is promised of every answer. */
const ask = async (path: string, status: number, form: Form, isInner = false): Promise<string> => {
  const response = await app.request(path);
  const { headers } = response;
  const text = form === "picture" ? String((await response.arrayBuffer()).byteLength) : await response.text();
  expect(response.status, path).toBe(status);
  expect(headers.get("content-type") ?? "", path).toMatch(TYPES[form]);
  expect(headers.get("set-cookie"), path).toBeNull();
  if (!isInner) {
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("referrer-policy"), path).toBe("no-referrer");
    expect(headers.get("content-security-policy"), path).toContain("default-src 'none'");
    expect(headers.get("content-security-policy"), path).not.toContain("script-src 'unsafe");
  }
  const told = `${text}\n${[...headers].flat().join("\n")}`;
  for (const secret of secrets) expect(told.includes(secret), `${path} tells ${secret}`).toBe(false);
  expect(text, path).not.toMatch(/PostgresError|Failed query|node_modules/);
  if (form === "json") expect(() => JSON.parse(text) as unknown, path).not.toThrow();
  if (form === "xml" || form === "svg") expect(XMLValidator.validate(text), path).toBe(true);
  if (form === "html") expect(text, path).not.toMatch(/<style|<script(?![^>]*\bsrc=)|<[^>]*\s(style|on[a-z]+)="/);
  return text;
};

test("every route of the program is known here", () => {
  const handlers = app.routes.filter(({ path }) => !path.includes("*")).map(({ method, path }) => `${method} ${path}`);
  // One leads on to a file, and to the other only Telegram speaks.
  const others = ["GET /favicon.ico", "POST /telegram/webhook"];
  expect([...new Set(handlers)].toSorted()).toEqual([...Object.keys(ROUTES), ...others].toSorted());
  // Whatever takes everything under a path stands before routes, is the API, or says that there is nothing.
  const wide = publicRoutes(web.web).routes.flatMap(({ path }) => (path.includes("*") ? [path] : []));
  expect([...new Set(wide)].toSorted()).toEqual(["/*", "/feeds/*", "/open311/v2/*"]);
});

test("every resource of the API is known here", async () => {
  const { paths } = JSON.parse(await ask("/open311/openapi.json", 200, "json")) as { paths: Record<string, unknown> };
  const named = Object.keys(paths).map((path) =>
    path.replace(/^\/(open311\/v2\/)?/, "").replace(/\.(xml|json|\{\w+\})$/, ""),
  );
  expect([...new Set(named)].toSorted()).toEqual(Object.keys(API).toSorted());
});

describe.each(Object.entries(ROUTES))(
  "%s",
  (_, { form, good, bad = [], missing = () => [], errors = form, isInner }) => {
    test("tells nothing that nobody may know", async () => {
      for (const path of good(world).flatMap(inLanguages)) await ask(path, 200, form, isInner);
    });
    test("refuses what it cannot read, and knows nothing of what is not there", async () => {
      for (const path of bad.flatMap(inLanguages)) await ask(path, 400, errors);
      for (const path of missing(world).flatMap(inLanguages)) await ask(path, 404, errors);
    });
  },
);

describe.each(["xml", "json"] as const)("Open311 in %s", (format) => {
  const addresses = (paths: readonly string[]): string[] =>
    paths.flatMap((path) => inLanguages(`/open311/v2/${path.replace(/(?=\?|$)/, `.${format}`)}`));
  test.each(Object.entries(API))("%s", async (__, { good, bad = [], missing = () => [] }) => {
    for (const path of addresses(good(world))) await ask(path, 200, format);
    for (const path of addresses(bad)) await ask(path, 400, format);
    for (const path of addresses(missing(world))) await ask(path, 404, format);
  });
});

test("the walk has something to find: what is public of these reports is told", async () => {
  expect(world.shown.length).toBeGreaterThan(5);
  for (const path of ["/", "/feeds/reports.csv", "/feeds/reports.atom", "/open311/v2/requests.xml", "/d/kuntsevo"]) {
    const text = await (await app.request(path)).text();
    expect(text, path).toContain("Фонарь не горит");
    expect(text, path).toContain("Ярцевская улица, 14");
  }
});

test("nobody finds a report by words that it does not show", async () => {
  const find = async (words: string): Promise<unknown[]> => {
    // The feed names its own address, and with it the words that were asked for.
    const response = await app.request(`/feeds/reports.geojson?q=${encodeURIComponent(words)}`);
    return ((await response.json()) as { features: unknown[] }).features;
  };
  // And the one that others were merged into.
  expect(await find("фонарь")).toHaveLength(world.shown.length + 1);
  for (const words of ["7719", "дословно", "сосед", "добавлено", "непроверено", "автору", "запрет"]) {
    expect(await find(words), words).toEqual([]);
  }
});

test("pages of other sites may read what everybody may, and send nothing", async () => {
  const allowed = async (path: string, init: RequestInit = {}) =>
    (await app.request(path, init)).headers.get("access-control-allow-origin");
  for (const path of [
    ...["/feeds/reports.atom", "/feeds/reports.csv", "/feeds/reports.geojson", "/feeds/reports.geojson?limit=0"],
    ...["/open311/openapi.json", "/open311/v2/requests.json", "/open311/v2/requests/0.xml"],
  ]) {
    expect(await allowed(path), path).toBe("*");
  }
  for (const path of ["/", `/r/${world.shown[0]}`, "/stats"]) expect(await allowed(path), path).toBeNull();
  expect(await allowed("/open311/v2/requests.json", { method: "POST", body: "x=1" })).toBeNull();
});

test("whoever keeps an answer for others is told that it is in a language", async () => {
  for (const path of ["/stats.csv", "/stats/plot.png?kind=months", `/r/${world.shown[0]}/share.png`]) {
    const { headers } = await app.request(path);
    expect(headers.get("cache-control"), path).toContain("public");
    expect(headers.get("vary"), path).toContain("Accept-Language");
  }
});

test("an unusual method gets no more than a refusal", async () => {
  for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"]) {
    for (const path of ["/", `/r/${world.shown[0]}`, "/stats.csv", "/feeds/reports.csv", "/open311/v2/services.json"]) {
      const { status, headers } = await app.request(path, { method });
      expect([404, 405], `${method} ${path}`).toContain(status);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  }
});
