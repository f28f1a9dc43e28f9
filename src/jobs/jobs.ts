/** Everything that works in the background of one process. */
import type { DeliverDeps } from "./deliver.ts";
import { startQueues } from "./queues.ts";
import { SCHEDULE, startSchedule } from "./schedule.ts";
import { sweep } from "./sweep.ts";

export type Jobs = {
  /** Wakes whatever is due at this moment of city time, without waiting for the next minute. */
  sweep(): Promise<void>;
  /** Finishes the deliveries in hand; what is left waits in the database. */
  stop(): Promise<void>;
};

/** Starts delivering, and at once wakes what a crash or a long stop left waiting. `now` is city time; wire time is real. */
export const startJobs = async (
  settings: Omit<DeliverDeps, "wireNow"> & Partial<Pick<DeliverDeps, "wireNow">>,
): Promise<Jobs> => {
  const deps: DeliverDeps = { wireNow: () => new Date(), ...settings };
  const { store, city, now, wireNow, log } = deps;
  const queues = await startQueues(deps);
  const schedule = startSchedule(SCHEDULE, { store, timeZone: city.timeZone, now, wireNow, log });
  const sweepNow = (): Promise<void> => sweep(store, now(), wireNow());
  await sweepNow();
  return {
    sweep: sweepNow,
    stop: async () => {
      await schedule.stop();
      await queues.stop();
    },
  };
};
