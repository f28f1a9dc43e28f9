import type { Hono } from "hono";
import { createStatistics } from "../../src/actions/read-statistics.ts";
import { loadI18n } from "../../src/i18n/i18n.ts";
import type { PhotoFiles } from "../../src/report/photo.ts";
import type { WebDeps } from "../../src/web/deps.ts";
import { publicRoutes } from "../../src/web/public.ts";
import { freshDeps, type FreshDeps } from "./deps.ts";
import { NOON } from "./people.ts";

/** The public web of a test: what answers, and what stands behind it. */
export type FreshWeb = FreshDeps & {
  app: Hono;
  web: WebDeps;
  /** The address's answer, its text read. */
  get: (path: string, headers?: Record<string, string>) => Promise<{ status: number; text: string; headers: Headers }>;
};

/** A store of photos with nothing in it. */
const noPhotos: PhotoFiles = {
  save: async () => undefined,
  read: async () => null,
  remove: async () => undefined,
  listOld: async () => [],
};

/** The public web on a Postgres of its own at `NOON`: every answer rendered anew, nobody limited; close it with `store.close()`. */
export const freshWeb = async (differs: Partial<WebDeps> = {}): Promise<FreshWeb> => {
  const deps = await freshDeps();
  const web: WebDeps = {
    ...deps,
    db: deps.store.db,
    i18n: await loadI18n("locales"),
    now: () => NOON,
    files: noPhotos,
    statistics: createStatistics({ ...deps, db: deps.store.db, now: () => NOON, leastMs: 0 }),
    startLink: (payload) => `https://t.me/otklik_bot${payload === "" ? "" : `?start=${payload}`}`,
    baseUrl: () => "https://otklik.example.org",
    chatPath: null,
    cacheMs: 0,
    rate: { burst: 1, perSecond: Infinity },
    ...differs,
  };
  const app = publicRoutes(web);
  return {
    ...deps,
    app,
    web,
    get: async (path, headers = {}) => {
      const response = await app.request(path, { headers });
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
  };
};
