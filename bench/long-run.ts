/**
 * Sixty days of a city with many residents who act late, never and wrongly, swept at each next moment; then an independent tally of what
 * had to be said to whom and when. `npm run bench -- long-run [residents] [days] [seed]`.
 */
import { loadI18n } from "../src/i18n/i18n.ts";
import { createLog } from "../src/log.ts";
import { openStore } from "../src/store/open.ts";
import { demoCity } from "../test/support/city.ts";
import { audit } from "../test/support/long-run/audit.ts";
import { live } from "../test/support/long-run/run.ts";
import { watchDates } from "../test/support/long-run/shown.ts";
import { startPostgres } from "../test/support/postgres.ts";

const START = new Date("2026-04-20T09:00:00+03:00");

/** Runs it and prints what people did and what the tally found; anything found makes the exit code 1. */
export const bench = async ([residents = "500", days = "60", seed = "1"]: readonly string[]): Promise<void> => {
  const server = await startPostgres();
  const log = createLog("error");
  const store = await openStore({ kind: "postgres", url: server.url }, log, { jobs: false });
  try {
    const i18n = await loadI18n("locales");
    const dates = watchDates(i18n);
    const run = { seed: Number(seed), residents: Number(residents), days: Number(days), start: START };
    const world = await live({ store, city: await demoCity(), log }, run, dates.watch);
    const { missing, double, faults, stuck, ...seen } = await audit(world, i18n);
    const found = { missing, double, faults, stuck, shown: dates.faults };
    const done = Object.fromEntries([...world.done].toSorted(([a], [b]) => a.localeCompare(b)));
    process.stdout.write(
      `${JSON.stringify({ seed, done, ...seen, datesLookedAt: dates.looked(), ...found }, null, 2)}\n`,
    );
    if (Object.values(found).some((lines) => lines.length > 0)) process.exitCode = 1;
  } finally {
    await store.close();
    await server.stop();
  }
};
