/**
 * What a sweep costs with as much due among ever more reports. `npm run bench -- sweep [reports …]`, 10 thousand and 1 million unless given.
 * Every report waits for a moment of its own: the worst the index can be given.
 */
import { sql } from "drizzle-orm";
import { join } from "node:path";
import { loadCity } from "../src/city/load-city.ts";
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

const measure = async (store: Store, size: number): Promise<number> => {
  const loaded = await loadCity(join(import.meta.dirname, "../cities/kuntsevo"));
  if (!loaded.ok) throw new Error("The demo city has faults");
  const { city } = loaded;
  const clocked = { timeZone: city.timeZone, now: () => NOON, wireNow: () => NOON, log: createLog("error") };
  const deps = { ...clocked, store, city, signal: new AbortController().signal };
  const took: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    // Other reports each time: what was told once is not told again.
    await makeDue(store, 2 + run * DUE);
    const before = performance.now();
    await workOff(deps, NOON, NOON);
    took.push(performance.now() - before);
  }
  const waiting = await store.db.$count(reports, sql`next_tick_at <= ${at(NOON)}`);
  if (waiting > 0) throw new Error(`${waiting} reports of ${size} were not swept`);
  const [written, waitToBeTold] = [await store.db.$count(events), await store.db.$count(notices, sql`kind = ${KIND}`)];
  if (written !== DUE * RUNS || waitToBeTold !== written) {
    throw new Error(`${written} events and ${waitToBeTold} notices came of ${DUE * RUNS} moments`);
  }
  // The quickest: whatever else the machine does can only add to it.
  return Math.min(...took);
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
