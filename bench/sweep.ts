/**
 * What a sweep costs with as much due among ever more reports. `npm run bench -- sweep [reports …]`, 10 thousand and 1 million unless given.
 * Every report waits for a moment of its own: the worst the index can be given.
 */
import { sql } from "drizzle-orm";
import { tickDue } from "../src/jobs/tick-due.ts";
import { loadCity } from "../src/city/load-city.ts";
import { createLog } from "../src/log.ts";
import { openStore, type Store } from "../src/store/open.ts";
import { reports } from "../src/store/schema/reports.ts";
import { join } from "node:path";
import { startPostgres } from "../test/support/postgres.ts";
import { aReport, aResident, hoursAfter, NOON } from "../test/support/people.ts";
import { copyReport } from "./support.ts";

const DUE = 200;
const RUNS = 7;
const SIZES = [10_000, 1_000_000];

/** Later than anything that is due in this bench. */
const FAR = hoursAfter(NOON, 24 * 365);

const at = (moment: Date) => sql`${moment.toISOString()}::timestamptz`;

const fillTo = async (store: Store, size: number): Promise<void> => {
  const authorId = await aResident(store.db);
  const { id } = await aReport(store.db, authorId, { status: "assigned", nextTickAt: FAR });
  await copyReport(store, id, size, sql`'next_tick_at', ${at(FAR)} + n * interval '1 second'`);
};

/** The first moment of an assigned report comes three days before its date; these wait for it since this moment. */
const makeDue = async (store: Store, firstId: number, now: Date): Promise<void> => {
  await store.db.execute(
    sql`update reports set next_tick_at = ${at(now)}, ticked_at = null, due_at = ${at(hoursAfter(now, 40))}
        where id between ${firstId} and ${firstId + DUE - 1}`,
  );
};

const measure = async (store: Store, size: number): Promise<number> => {
  const loaded = await loadCity(join(import.meta.dirname, "../cities/kuntsevo"));
  if (!loaded.ok) throw new Error("The demo city has faults");
  const deps = { store, city: loaded.city, log: createLog("error"), signal: new AbortController().signal };
  const took: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    // Other reports each time: what was told once is not told again.
    await makeDue(store, 2 + run * DUE, NOON);
    const before = performance.now();
    await tickDue(deps, NOON);
    took.push(performance.now() - before);
  }
  const waiting = await store.db.$count(reports, sql`next_tick_at <= ${at(NOON)}`);
  if (waiting > 0) throw new Error(`${waiting} reports of ${size} were not swept`);
  return took.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
};

/** Runs it and prints the figures. */
export const bench = async (args: readonly string[]): Promise<void> => {
  const sizes = args.length > 0 ? args.map(Number) : SIZES;
  let smallest: number | null = null;
  for (const size of sizes) {
    const server = await startPostgres();
    const store = await openStore({ kind: "postgres", url: server.url }, createLog("error"), { jobs: false });
    await fillTo(store, size);
    const ms = await measure(store, size);
    smallest ??= ms;
    const rssMiB = process.memoryUsage.rss() / 2 ** 20;
    process.stdout.write(
      `${DUE} due among ${size}: ${ms.toFixed(0)} ms, ${(ms / smallest).toFixed(2)} of the smallest; memory ${rssMiB.toFixed(0)} MiB\n`,
    );
    await store.close();
    await server.stop();
  }
};
