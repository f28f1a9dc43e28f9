/** What has come due by the city's clock: reports, oldest moment first, and digests. */
import { tickDigest } from "../actions/tick-digest.ts";
import { tickReport } from "../actions/tick-report.ts";
import type { City } from "../city/schema.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/open.ts";
import { listDueDigests } from "../store/queries/digests.ts";
import { listDueReports, type DueReport } from "../store/queries/due-reports.ts";

/** So many reports are looked up together; each is done in a transaction of its own. */
const BATCH = 200;

/**
 * Does everything that is due, however much an outage left; several processes may do so at once. What fails is logged, tried again by
 * the next sweep, and holds up nothing else. The signal ends it between two reports.
 */
export const tickDue = async (
  { store, city, log, signal }: { store: Store; city: City; log: Log; signal: AbortSignal },
  now: Date,
): Promise<void> => {
  let last: DueReport | null = null;
  do {
    // By keyset, so that one that fails is passed by and not found again at once.
    const batch: DueReport[] = await listDueReports(store.db, now, last, BATCH);
    for (const { id } of batch) {
      if (signal.aborted) return;
      const ticks = await tickReport({ store, city, log }, id, now).catch((err: unknown) => {
        log.error({ err, reportId: id }, "a report's moment failed");
        return [];
      });
      for (const tick of ticks) log.debug({ reportId: id, tick }, "ticked");
    }
    last = batch.at(-1) ?? null;
  } while (last !== null);
  for (const kind of await listDueDigests(store.db, now)) {
    if (signal.aborted) return;
    await tickDigest({ store, city, log }, kind, now).catch((err: unknown) =>
      log.error({ err, kind }, "a digest failed"),
    );
  }
};
