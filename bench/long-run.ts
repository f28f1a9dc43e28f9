/** Sixty days of a city with many residents; see docs/performance.md. `npm run bench -- long-run [residents] [days] [seed]`. */
import { createLog } from "../src/log.ts";
import { openStore } from "../src/store/open.ts";
import { demoCity } from "../test/support/city.ts";
import { live } from "../test/support/long-run/run.ts";
import { startPostgres } from "../test/support/postgres.ts";

export const bench = async ([residents = "500", days = "60", seed = "1"]: readonly string[]): Promise<void> => {
  const server = await startPostgres();
  try {
    const log = createLog("error");
    const store = await openStore({ kind: "postgres", url: server.url }, log, { jobs: false });
    const started = performance.now();
    const run = { seed: Number(seed), residents: Number(residents), days: Number(days), start: new Date("2026-04-20T09:00:00+03:00") };
    const world = await live({ store, city: await demoCity(), log }, run);
    for (const line of [...world.done].toSorted().map(([what, times]) => `${what} ${times}`)) console.log(line);
    console.log(((performance.now() - started) / 1000).toFixed(1), "s");
    await store.close();
  } finally {
    await server.stop();
  }
};
