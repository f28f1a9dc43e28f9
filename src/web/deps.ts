import type { Context } from "hono";
import type { Deps } from "../actions/deps.ts";
import type { ReadStatistics } from "../actions/read-statistics.ts";
import type { City } from "../city/schema.ts";
import type { I18n } from "../i18n/i18n.ts";
import type { Log } from "../log.ts";
import type { PhotoFiles } from "../report/photo.ts";

/** What every part of the public web works with. */
export type WebDeps = {
  store: Deps["store"];
  /** The same as `store.db`, for those who only read. */
  db: Deps["store"]["db"];
  city: City;
  i18n: I18n;
  /** City time. */
  now: () => Date;
  files: PhotoFiles;
  /** Everything counted for the statistics, at most some minutes old; `asOf` says when. */
  statistics: ReadStatistics;
  /** A link that starts the bot with this payload; with none it only opens the bot. */
  startLink: (payload: string) => string;
  /** Where the pages are reached from outside, without a slash at the end. */
  baseUrl: (c: Context) => string;
  log: Log;
  /** The chat page of the messenger on one's own machine; null where the bot is in Telegram. */
  chatPath: string | null;
  /** How long a rendered answer is given again, in ms; 0 renders each anew. */
  cacheMs: number;
  /** Requests that one address may make: at once, and in a second for good. */
  rate: { burst: number; perSecond: number };
};
