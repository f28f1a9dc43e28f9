/**
 * What a sweep costs with as much due among ever more reports. `npm run bench -- sweep [reports …]`, 10 thousand and 1 million unless given.
 * Every report waits for a moment of its own: the worst the index can be given.
 */
import { sql } from "drizzle-orm";
import { join } from "node:path";
import { loadCity } from "../src/city/load-city.ts";
import type { City } from "../src/city/schema.ts";
import { workOff } from "../src/jobs/schedule.ts";
import { createLog } from "../src/log.ts";
import { openStore, type Store } from "../src/store/open.ts";
import { events } from "../src/store/schema/events.ts";
import { notices } from "../src/store/schema/notices.ts";
import { reports } from "../src/store/schema/reports.ts";
import { startPostgres } from "../test/support/postgres.ts";
import { aReport, aResident, hoursAfter, NOON } from "../test/support/people.ts";
import { copyReport } from "./support.ts";

const DUE = 200;
const RUNS = 7;
/** What the agency is told. */
const KIND = "due_reminder";
const SIZES = [10_000, 1_000_000];

/** Later than anything that is due in this bench. */
const FAR = hoursAfter(NOON, 24 * 365);

const at = (moment: Date) => sql`${moment.toISOString()}::timestamptz`;

const fillTo = async (store: Store, size: number): Promise<void> => {
  const authorId = await aResident(store.db);
  const inWork = { status: "assigned", statusAt: hoursAfter(NOON, -24 * 10), dueAt: FAR, nextTickAt: FAR } as const;
  const { id, agencyId } = await aReport(store.db, authorId, inWork);
  if (agencyId === null) throw new Error("Nobody would be reminded");
  await aResident(store.db, { telegramId: 3, role: "officer", agencyId });
  await copyReport(store, id, size, sql`'next_tick_at', ${at(FAR)} + n * interval '1 second'`);
};

/** Their agency is reminded of them this morning: the date is the end of the day three days from now. */
const makeDue = async (store: Store, firstId: number): Promise<void> => {
  await store.db.execute(
    sql`update reports set next_tick_at = ${at(hoursAfter(NOON, -3))}, due_at = ${at(hoursAfter(NOON, 24 * 3 + 12))}
        where id between ${firstId} and ${firstId + DUE - 1}`,
  );
};

/** One sweep of the moments of run `run`, in ms. Other reports each time: what was told once is not told again. */
const sweepOnce = async (store: Store, city: City, run: number): Promise<number> => {
  const clocked = { timeZone: city.timeZone, now: () => NOON, wireNow: () => NOON, log: createLog("error") };
  await makeDue(store, 2 + run * DUE);
  const before = performance.now();
  await workOff({ ...clocked, store, city, signal: new AbortController().signal }, NOON, NOON);
  return performance.now() - before;
};

/** Throws unless every moment became an event and a notice. */
const checkSwept = async ({ db }: Store): Promise<void> => {
  const counts = {
    waiting: await db.$count(reports, sql`next_tick_at <= ${at(NOON)}`),
    events: await db.$count(events),
    notices: await db.$count(notices, sql`kind = ${KIND}`),
  };
  if (counts.waiting > 0 || counts.events !== DUE * RUNS || counts.notices !== DUE * RUNS) {
    throw new Error(`Of ${DUE * RUNS} moments came ${JSON.stringify(counts)}`);
  }
};

/** Runs it and prints the figures. */
export const bench = async (args: readonly string[]): Promise<void> => {
  const sizes = args.length > 0 ? args.map(Number) : SIZES;
  const loaded = await loadCity(join(import.meta.dirname, "../cities/kuntsevo"));
  if (!loaded.ok) throw new Error("The demo city has faults");
  await using begun = new AsyncDisposableStack();
  const stages: { size: number; store: Store; took: number[] }[] = [];
  for (const size of sizes) {
    const server = await startPostgres();
    begun.defer(() => server.stop());
    const store = await openStore({ kind: "postgres", url: server.url }, createLog("error"), { jobs: false });
    begun.defer(() => store.close());
    await fillTo(store, size);
    stages.push({ size, store, took: [] });
  }
  // In turn, so that whatever else the machine does falls on all of them; and the quickest counts, for it can only add.
  for (let run = 0; run < RUNS; run += 1) {
    for (const { store, took } of stages) took.push(await sweepOnce(store, loaded.city, run));
  }
  const smallest = Math.min(...(stages[0]?.took ?? []));
  for (const { size, store, took } of stages) {
    await checkSwept(store);
    const ms = Math.min(...took);
    process.stdout.write(
      `${DUE} due among ${size}: ${ms.toFixed(0)} ms, ${(ms / smallest).toFixed(2)} of the smallest\n`,
    );
  }
  process.stdout.write(`memory ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB\n`);
};
