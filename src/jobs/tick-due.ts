/** What has come due by the city's clock: reports, oldest moment first, and digests. */
import { tickChannelDay } from "../actions/tick-channel-day.ts";
import { tickDigest } from "../actions/tick-digest.ts";
import { tickFreeReport, tickReport } from "../actions/tick-report.ts";
import type { City } from "../city/schema.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/open.ts";
import { listDueDigests } from "../store/queries/digests.ts";
import { listDueReports, type DueReport } from "../store/queries/due-reports.ts";

/** So many reports are looked up together; each is claimed, and done, on its own. */
const BATCH = 200;

/**
 * Does everything that is due, however much an outage left; several processes may do so at once, and share it. What fails is logged, tried
 * again by the next sweep, and holds up nothing else. The signal ends it between two reports.
 */
export const tickDue = async (
  { store, city, log, signal }: { store: Store; city: City; log: Log; signal: AbortSignal },
  now: Date,
): Promise<void> => {
  const deps = { store, city, log };
  /** False while somebody else acts on the report. */
  const tick = async (reportId: number, how: typeof tickFreeReport): Promise<boolean> => {
    const ticks = await how(deps, reportId, now).catch((err: unknown) => {
      log.error({ err, reportId }, "a report's moment failed");
      return [];
    });
    for (const one of ticks ?? []) log.debug({ reportId, tick: one }, "ticked");
    return ticks !== null;
  };
  const taken: number[] = [];
  let last: DueReport | null = null;
  do {
    // By keyset, so that one that fails is passed by and not found again at once.
    const batch: DueReport[] = await listDueReports(store.db, now, last, BATCH);
    for (const { id } of batch) {
      if (signal.aborted) return;
      if (!(await tick(id, tickFreeReport))) taken.push(id);
    }
    last = batch.at(-1) ?? null;
  } while (last !== null);
  // Whoever had them was another sweep, which did it, or a person, after whom it still has to be done.
  for (const id of taken) {
    if (signal.aborted) return;
    await tick(id, tickReport);
  }
  for (const kind of await listDueDigests(store.db, now)) {
    if (signal.aborted) return;
    await tickDigest(deps, kind, now).catch((err: unknown) => log.error({ err, kind }, "a digest failed"));
  }
  await tickChannelDay(deps, now).catch((err: unknown) => log.error({ err }, "the channel's day failed"));
};
