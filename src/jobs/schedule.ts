/** What happens by the clock: idempotent work, so that a missed or doubled tick does not matter. */
import cron from "node-cron";
import type { Log } from "../log.ts";
import type { Store } from "../store/open.ts";
import { keepHouse } from "./housekeeping.ts";
import { sweep } from "./sweep.ts";

type Work = (store: Store, now: Date, wireNow: Date) => Promise<void>;

/** When, by the city's clock, and what. */
const SCHEDULE = {
  sweep: { at: "* * * * *", work: sweep },
  housekeeping: { at: "30 3 * * *", work: keepHouse },
} as const satisfies Record<string, { at: string; work: Work }>;

/** Starts every entry; stopping waits for those that are running. */
export const startSchedule = ({
  store,
  timeZone,
  now,
  wireNow,
  log,
}: {
  store: Store;
  timeZone: string;
  now: () => Date;
  wireNow: () => Date;
  log: Log;
}): { stop(): Promise<void> } => {
  const running = new Set<Promise<void>>();
  const tasks = Object.entries(SCHEDULE).map(([name, { at, work }]) => {
    const run = async (): Promise<void> => {
      const done = work(store, now(), wireNow()).catch((err: unknown) => log.error({ err, job: name }, "job failed"));
      running.add(done);
      await done;
      running.delete(done);
    };
    return cron.schedule(at, run, { name, timezone: timeZone, noOverlap: true });
  });
  return {
    stop: async () => {
      for (const task of tasks) await task.destroy();
      await Promise.all(running);
    },
  };
};
