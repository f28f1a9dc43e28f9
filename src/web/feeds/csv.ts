/**
 * `/feeds/reports.csv`: every public report of a filter, streamed. A batch is read when the reader has taken the one before, so a million
 * rows need no more memory than a thousand; and it is never kept for others.
 */
import { Hono } from "hono";
import { cityDate } from "../../city/city-time.ts";
import { publicLinks, toFeature, type Properties } from "../../report/feature.ts";
import { streamPublicReports, type PublicReport } from "../../store/queries/public-reports.ts";
import type { WebDeps } from "../deps.ts";
import { clientAddress } from "../middleware/client-address.ts";
import { localeOf } from "../pages/frame.ts";
import { readFilter, toFilter } from "../pages/report-filter.ts";
import { lineOf } from "../csv-text.ts";
import { badText } from "./feed-query.ts";

/** The header row: the properties of the GeoJSON feed, and the point. */
export const COLUMNS = [
  ...["number", "url", "status", "outcome", "categoryId", "category", "topicId", "topic", "districtId", "district"],
  ...["agencyId", "agency", "lat", "lon", "address", "text", "createdAt", "updatedAt", "statusAt", "assignedAt"],
  ...["dueAt", "firstDueAt", "answeredAt", "publishedAt", "cycle", "hops", "postponements", "photo"],
] as const satisfies readonly (keyof Properties | "lat" | "lon")[];

/** Exports side by side in one process; each may read the whole table. */
const AT_ONCE = 4;
/** And for one address: whoever reads slowly on purpose is not to hold them all. */
const AT_ONCE_EACH = 2;
/** Whoever takes nothing for so long has gone. */
const PATIENCE_MS = 60_000;
const RETRY_SECONDS = 30;

/** Spreadsheets take a file without it for one of their country's old encodings. */
const BYTE_ORDER_MARK = "\ufeff";

/** The export for spreadsheets and archives. */
export const csvExport = (deps: Pick<WebDeps, "db" | "city" | "i18n" | "now" | "baseUrl">): Hono => {
  const { db, city, now } = deps;
  /** The addresses of those who read at this moment; null is whoever has none. */
  const running: (string | null)[] = [];
  return new Hono().get("/feeds/reports.csv", (c) => {
    const read = readFilter(c, deps, {});
    if (!read.ok) return badText(c, read.names);
    const address = clientAddress(c);
    const own = address === null ? 0 : running.filter((one) => one === address).length;
    if (running.length >= AT_ONCE || own >= AT_ONCE_EACH) {
      c.header("retry-after", String(RETRY_SECONDS));
      return c.text("Too many exports at once\n", 503);
    }
    const locale = localeOf(c, deps);
    const links = publicLinks(deps.baseUrl(c));
    c.header("content-type", "text/csv; charset=utf-8; header=present");
    c.header("content-disposition", `attachment; filename="reports-${cityDate(city, now()).toString()}.csv"`);
    c.header("content-language", locale);
    // Also what keeps it out of our own cache.
    c.header("cache-control", "no-cache");
    if (c.req.method === "HEAD") return c.body(null);
    const batches = streamPublicReports(db, city, toFilter(city, read.values, now()));
    const toText = (reports: readonly PublicReport[]): string =>
      reports.map((report) => lineOf(cellsOf(toFeature(city, locale, links, report)))).join("");
    running.push(address);
    return c.body(
      streamText(withHeader(batches, toText), () => {
        running.splice(running.indexOf(address), 1);
      }),
    );
  });
};

const cellsOf = ({ geometry, properties }: ReturnType<typeof toFeature>): (string | number | null)[] => {
  const [lon, lat] = geometry?.coordinates ?? [null, null];
  const values = { ...properties, lat, lon };
  return COLUMNS.map((name) => values[name]);
};

async function* withHeader(
  batches: AsyncIterable<readonly PublicReport[]>,
  toText: (reports: readonly PublicReport[]) => string,
): AsyncGenerator<string, void> {
  yield BYTE_ORDER_MARK + lineOf(COLUMNS);
  for await (const batch of batches) yield toText(batch);
}

/** A body that is made as it is taken; `ended` is called once, however it ends. */
const streamText = (parts: AsyncGenerator<string, void>, ended: () => void): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  let patience: NodeJS.Timeout | undefined;
  let isOver = false;
  const end = (): void => {
    clearTimeout(patience);
    if (!isOver) ended();
    isOver = true;
  };
  const waitForReader = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      end();
      controller.error(new Error("The reader has gone"));
    }, PATIENCE_MS).unref();
  };
  return new ReadableStream<Uint8Array>(
    {
      start: waitForReader,
      pull: async (controller) => {
        clearTimeout(patience);
        try {
          const { done, value } = await parts.next();
          if (isOver) return;
          if (done === true) {
            end();
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(value));
        } catch (error) {
          end();
          // Cut off in the middle, so that nobody takes a part for the whole.
          controller.error(error);
          return;
        }
        waitForReader(controller);
      },
      cancel: async () => {
        end();
        await parts.return();
      },
    },
    { highWaterMark: 0 },
  );
};
