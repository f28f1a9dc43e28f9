/** Everything that works in the background of one process. */
import { firstDigests } from "../report/digest.ts";
import { addDigests } from "../store/writes/digests.ts";
import type { DeliverDeps } from "./deliver.ts";
import { startQueues } from "./queues.ts";
import { SCHEDULE, startSchedule, workOff } from "./schedule.ts";

export type Jobs = {
  /** Works off whatever is due at this moment of city time, without waiting for the next minute. */
  sweep(): Promise<void>;
  /** Whether everything that could be told was told, after so many ms of wire time at most. */
  settled(patienceMs: number): Promise<boolean>;
  /** Finishes the deliveries in hand; what is left waits in the database. */
  stop(): Promise<void>;
};

/** Starts delivering, and at once wakes what a crash or a long stop left waiting. `now` is city time; wire time is real. */
export const startJobs = async (
  settings: Omit<DeliverDeps, "wireNow"> & Partial<Pick<DeliverDeps, "wireNow">>,
): Promise<Jobs> => {
  const deps: DeliverDeps = { wireNow: () => new Date(), ...settings };
  const { store, city, now, wireNow } = deps;
  const queues = await startQueues(deps);
  await addDigests(store.db, firstDigests(city, now()));
  const stopping = new AbortController();
  const work = { ...deps, timeZone: city.timeZone, signal: stopping.signal };
  const schedule = startSchedule(SCHEDULE, work);
  const sweepNow = (): Promise<void> => workOff(work, now(), wireNow());
  await sweepNow();
  return {
    sweep: sweepNow,
    settled: queues.settled,
    stop: async () => {
      stopping.abort();
      await schedule.stop();
      await queues.stop();
    },
  };
};
