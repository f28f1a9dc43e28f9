/** What happens by the clock: idempotent work, so that a missed or doubled tick does not matter. */
import cron, { type Logger } from "node-cron";
import type { City } from "../city/schema.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/open.ts";
import { keepHouse } from "./housekeeping.ts";
import { sweep } from "./sweep.ts";
import { tickDue } from "./tick-due.ts";

/** What every schedule needs, and hands to its work with whatever else that needs; `now` is city time, `wireNow` real. */
export type Clocked = { timeZone: string; now: () => Date; wireNow: () => Date; log: Log };

/** When (cron, by the city's clock) and what. */
export type Entry<Deps = Clocked> = { at: string; work: (deps: Deps, now: Date, wireNow: Date) => Promise<void> };

/** What the entries of `SCHEDULE` work with; the signal asks them to end soon. */
export type WorkDeps = Clocked & { store: Store; city: City; signal: AbortSignal };

/** Everything that has come due: the reports' moments and the digests, then the chats that have something to be told. */
export const workOff: Entry<WorkDeps>["work"] = async (deps, now, wireNow) => {
  await tickDue(deps, now);
  await sweep(deps, now, wireNow);
};

export const SCHEDULE = {
  sweep: { at: "* * * * *", work: workOff },
  // A morning with thousands of moments to work off must not hold up whoever waits for nothing but their hour.
  wake: { at: "30 * * * * *", work: sweep },
  housekeeping: { at: "30 3 * * *", work: ({ store }, now, wireNow) => keepHouse(store, now, wireNow) },
} as const satisfies Record<string, Entry<WorkDeps>>;

/** Runs every entry at its time and never twice at once; stopping waits for those that are running. */
export const startSchedule = <Deps extends Clocked>(
  entries: Readonly<Record<string, Entry<Deps>>>,
  deps: Deps,
): { stop(): Promise<void> } => {
  const { timeZone, now, wireNow, log } = deps;
  const running = new Set<Promise<void>>();
  const tasks = Object.entries(entries).map(([name, entry]) => {
    const run = async (): Promise<void> => {
      const done = entry
        .work(deps, now(), wireNow())
        .catch((err: unknown) => log.error({ err, job: name }, "job failed"));
      running.add(done);
      await done;
      running.delete(done);
    };
    return cron.schedule(entry.at, run, {
      name,
      timezone: timeZone,
      noOverlap: true,
      logger: loggerFor(log, name),
    });
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
