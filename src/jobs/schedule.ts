/** What happens by the clock: idempotent work, so that a missed or doubled tick does not matter. */
import cron, { type Logger } from "node-cron";
import type { Log } from "../log.ts";
import type { Store } from "../store/open.ts";
import { keepHouse } from "./housekeeping.ts";
import { sweep } from "./sweep.ts";

/** When (cron, by the city's clock) and what; `now` is city time, `wireNow` real. */
export type Entry = { at: string; work: (store: Store, now: Date, wireNow: Date) => Promise<void> };

export const SCHEDULE = {
  sweep: { at: "* * * * *", work: sweep },
  housekeeping: { at: "30 3 * * *", work: keepHouse },
} as const satisfies Record<string, Entry>;

/** Runs every entry at its time and never twice at once; stopping waits for those that are running. */
export const startSchedule = (
  entries: Readonly<Record<string, Entry>>,
  deps: { store: Store; timeZone: string; now: () => Date; wireNow: () => Date; log: Log },
): { stop(): Promise<void> } => {
  const { store, timeZone, now, wireNow, log } = deps;
  const running = new Set<Promise<void>>();
  const tasks = Object.entries(entries).map(([name, { at, work }]) => {
    const run = async (): Promise<void> => {
      const done = work(store, now(), wireNow()).catch((err: unknown) => log.error({ err, job: name }, "job failed"));
      running.add(done);
      await done;
      running.delete(done);
    };
    return cron.schedule(at, run, { name, timezone: timeZone, noOverlap: true, logger: loggerFor(log, name) });
  });
  return {
    stop: async () => {
      for (const task of tasks) await task.destroy();
      await Promise.all(running);
    },
  };
};

/** node-cron's own words in our log instead of on the console; a missed or held back tick is told, and does no harm. */
const loggerFor = (log: Log, job: string): Logger => ({
  debug: () => undefined,
  info: (message) => log.debug({ job }, message),
  warn: (message) => log.warn({ job }, message),
  error: (cause) => log.error({ job, err: cause }, "schedule"),
});
