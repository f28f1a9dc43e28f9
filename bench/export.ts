/**
 * What the CSV export of ever more reports costs: rows a second, and the most memory the process ever held, with a reader that takes all at
 * once and one that stops in the middle. `npm run bench -- export [reports …]`, 10 thousand and 1 million unless given.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { loadCity } from "../src/city/load-city.ts";
import { loadI18n } from "../src/i18n/i18n.ts";
import { createLog } from "../src/log.ts";
import { openStore, type Store } from "../src/store/open.ts";
import { csvExport } from "../src/web/feeds/csv.ts";
import { listen } from "../src/web/server.ts";
import { aReport, aResident, NOON } from "../test/support/people.ts";
import { startPostgres } from "../test/support/postgres.ts";
import { copyReport } from "./support.ts";

const SIZES = [10_000, 1_000_000];
const STALL_MS = 5_000;
const SAMPLE_MS = 20;
const MIB = 2 ** 20;

const startWeb = async (store: Store) => {
  const root = join(import.meta.dirname, "..");
  const loaded = await loadCity(join(root, "cities/kuntsevo"));
  if (!loaded.ok) throw new Error("The demo city has faults");
  const { city } = loaded;
  const i18n = await loadI18n(join(root, "locales"), city.locales[0]);
  const web = csvExport({ db: store.db, city, i18n, now: () => NOON, baseUrl: () => "https://otklik.example.org" });
  const server = await listen({ host: "127.0.0.1", port: 0 });
  server.serve(web);
  return server;
};

/** Reads all of it and keeps nothing; stands still once, after the first megabyte, where asked to. */
const read = async (url: string, stallMs: number): Promise<{ bytes: number; lines: number; ms: number }> => {
  const began = performance.now();
  const { body } = await fetch(url);
  if (body === null) throw new Error("No body");
  let [bytes, lines, hasStalled] = [0, 0, stallMs === 0];
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    for (const byte of chunk) if (byte === 10) lines += 1;
    if (!hasStalled && bytes > MIB) {
      hasStalled = true;
      await sleep(stallMs);
    }
  }
  return { bytes, lines, ms: performance.now() - began - stallMs };
};

/** The most memory held while the work was done, in MiB. */
const withPeak = async <T>(work: () => Promise<T>): Promise<{ result: T; peakMiB: number }> => {
  let peak = 0;
  const sample = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, SAMPLE_MS);
  try {
    const result = await work();
    sample();
    return { result, peakMiB: peak / MIB };
  } finally {
    clearInterval(timer);
  }
};

/** Exports databases of these sizes. */
export const bench = async (args: readonly string[]): Promise<void> => {
  for (const size of args.length === 0 ? SIZES : args.map(Number)) {
    const postgres = await startPostgres();
    const store = await openStore({ kind: "postgres", url: postgres.url }, createLog("error"), { jobs: false });
    const { id } = await aReport(store.db, await aResident(store.db), { status: "assigned" });
    await copyReport(
      store,
      id,
      size,
      sql`'description', 'Фонарь у подъезда ' || n || ' не горит вторую неделю, темно'`,
    );
    const server = await startWeb(store);
    const url = `${server.url}/feeds/reports.csv`;
    await read(`${url}?to=2020-01-01`, 0);
    for (const stallMs of [0, STALL_MS]) {
      const { result, peakMiB } = await withPeak(() => read(url, stallMs));
      const { bytes, lines, ms } = result;
      const rate = Math.round(((lines - 1) / ms) * 1000);
      process.stdout.write(
        `${lines - 1} rows, ${Math.round(bytes / MIB)} MiB${stallMs > 0 ? `, a reader that stops for ${stallMs / 1000} s` : ""}: ${rate} rows/s, ${Math.round(peakMiB)} MiB at most\n`,
      );
    }
    await server.close();
    await store.close();
    await postgres.stop();
  }
};
