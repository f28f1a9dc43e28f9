import { WEBHOOK_QUEUE } from "../store/enqueue.ts";
import { isWebhookWorkDue } from "../store/queries/webhooks.ts";
import { safeFetch } from "../fetch/safe-fetch.ts";
import { startSchedule, type Entry } from "./schedule.ts";
import { deliverWebhooks, type WebhookDeps } from "./webhooks.ts";

/** So many partners are told side by side by one process, so that slow ones do not hold up the others. */
const PARTNERS = 8;
const WORKERS = 2;

/** Starts telling partners: woken by every public change, and every minute by those whose pause is over. Stopping ends the calls in hand, which are made again. */
export const startWebhookJobs = async (
  settings: Omit<WebhookDeps, "wireNow" | "fetch"> & Partial<Pick<WebhookDeps, "wireNow" | "fetch">>,
): Promise<{ stop(): Promise<void> }> => {
  const deps = { wireNow: () => new Date(), fetch: safeFetch, ...settings };
  const { store, city, wireNow, log } = deps;
  const stopping = new AbortController();
  const wake = (): Promise<void> => store.db.transaction((tx) => store.wakeWebhooks(tx));
  const wakeIfDue = async (): Promise<void> => {
    if (await isWebhookWorkDue(store.db, wireNow())) await wake();
  };
  const options = {
    batchSize: 1000,
    localConcurrency: WORKERS,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 10,
  };
  await store.boss.work(WEBHOOK_QUEUE, options, async () => {
    // A job always completes: what a partner did not take is a state of its delivery.
    const lane = async (): Promise<boolean> => {
      try {
        await deliverWebhooks(deps, stopping.signal);
        return true;
      } catch (err) {
        log.error({ err }, "partners could not be told");
        return false;
      }
    };
    const lanes = await Promise.all(Array.from({ length: PARTNERS / WORKERS }, lane));
    // What was added just before a webhook was given back woke somebody who found it taken. After a fault of ours the minute is soon enough.
    if (lanes.every(Boolean) && !stopping.signal.aborted) await wakeIfDue();
  });
  const entries = { webhooks: { at: "* * * * *", work: wakeIfDue } } satisfies Record<string, Entry>;
  const schedule = startSchedule(entries, { timeZone: city.timeZone, now: wireNow, wireNow, log });
  await wakeIfDue();
  return {
    stop: async () => {
      stopping.abort();
      await schedule.stop();
      await store.boss.offWork(WEBHOOK_QUEUE, { wait: true });
    },
  };
};
