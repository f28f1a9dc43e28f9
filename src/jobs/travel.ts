/** Travelling in city time: every moment on the way is stopped at, in order, and what is due there is done and told before going on. */
import type { Log } from "../log.ts";
import type { Db } from "../store/open.ts";
import { findNextMoment } from "../store/queries/next-moment.ts";
import type { Jobs } from "./jobs.ts";

/** The part of the city's clock that travels. */
export type Clock = { now(): Date; moveTo(moment: Date): void };

/** So long, in wire time, a stop waits for what is being told there: Telegram's pace is real, and whoever it holds up hears it later. */
const PATIENCE_MS = 20_000;

/** Moves city time forward to `to`; a moment in the past only does what is due now. */
export const travel = async (
  { db, clock, jobs, log }: { db: Db; clock: Clock; jobs: Pick<Jobs, "sweep" | "settled">; log: Log },
  to: Date,
): Promise<void> => {
  const stop = async (): Promise<void> => {
    await jobs.sweep();
    if (!(await jobs.settled(PATIENCE_MS))) log.warn("time went on while something was still being told");
  };
  await stop();
  for (;;) {
    // Strictly later, so that something that fails at its moment cannot hold up time.
    const next = await findNextMoment(db, clock.now());
    if (next === null || next > to) break;
    clock.moveTo(next);
    await stop();
  }
  clock.moveTo(to);
  await stop();
};
