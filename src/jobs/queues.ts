/** Who looks at which chat when: pg-boss wakes, the order and the state of what is told stand in our own tables. */
import { EventEmitter, once } from "node:events";
import type { Job } from "pg-boss";
import { z } from "zod";
import { DELIVER_QUEUE, type DeliverJob } from "../store/enqueue.ts";
import { listDueChats } from "../store/queries/due-notices.ts";
import { deliverChat, type DeliverDeps } from "./deliver.ts";

/** Batches of chats a process works on side by side, and chats in each. */
const WORKERS = 4;
const BATCH = 8;

/** The database is away: asked again after this long. */
const OUTAGE_MS = 5000;

const Data = z.object({ chatId: z.int() }) satisfies z.ZodType<DeliverJob>;

/** Deliveries at work. */
export type Queues = {
  /**
   * True once nothing is left that could be told at this moment of city time; false after so many ms of wire time. What Telegram put
   * off is not waited for.
   */
  settled(patienceMs: number): Promise<boolean>;
  /** Finishes the messages in hand; other processes go on at once with what waited here. */
  stop(): Promise<void>;
};

/** Another process may tell the last message: nobody says so here, so that has to be asked. */
const ASK_AGAIN_MS = 200;

/** Works the deliver queue until stopped. */
export const startQueues = async (deps: DeliverDeps): Promise<Queues> => {
  const { store, log } = deps;
  const stopping = new AbortController();
  const timers = new Map<number, NodeJS.Timeout>();
  const looked = new EventEmitter<{ looked: [] }>();

  const wake = (chatIds: readonly number[]): Promise<void> =>
    store.db
      .transaction((tx) => store.wakeChats(tx, chatIds))
      .catch((err: unknown) => log.warn({ err }, "chats could not be woken"));

  // Kept in this process only: should it die, the sweep finds the chat by its notices.
  const lookAgain = (chatId: number, afterMs: number): void => {
    clearTimeout(timers.get(chatId));
    const timer = setTimeout(() => {
      timers.delete(chatId);
      void wake([chatId]);
    }, afterMs);
    timers.set(chatId, timer);
  };

  const look = async (job: Job<unknown>): Promise<void> => {
    const { chatId } = Data.parse(job.data);
    // Whoever lost the claim of a chat tells it nothing more: another process does so now.
    const signal = AbortSignal.any([stopping.signal, job.signal]);
    // A job always completes: what could not be told is a state of the notice.
    const afterMs = await deliverChat(deps, chatId, signal).catch((err: unknown) => {
      log.error({ err }, "delivery failed");
      return OUTAGE_MS;
    });
    // Not with the last of its batch: what comes for this chat meanwhile may be told by another worker. Should it fail, the batch's end
    // makes up for it.
    await store.boss
      .complete(DELIVER_QUEUE, job)
      .catch((err: unknown) => log.warn({ err }, "a look could not be completed"));
    if (afterMs !== null) await (stopping.signal.aborted ? wake([chatId]) : lookAgain(chatId, afterMs));
    looked.emit("looked");
  };

  const options = {
    localConcurrency: WORKERS,
    batchSize: BATCH,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 10,
  };
  const worker = await store.boss.work(DELIVER_QUEUE, options, async (jobs) => {
    await Promise.all(jobs.map(look));
  });
  return {
    settled: async (patienceMs) => {
      const patience = AbortSignal.any([AbortSignal.timeout(patienceMs), stopping.signal]);
      while ((await listDueChats(store.db, deps.now(), deps.wireNow(), 1)).length > 0) {
        if (patience.aborted) return false;
        // A job that had to wait for one of its chat in hand is announced by nobody; workers would ask for it in ten seconds.
        store.boss.notifyWorker(worker);
        const signal = AbortSignal.any([AbortSignal.timeout(ASK_AGAIN_MS), patience]);
        await once(looked, "looked", { signal }).catch(() => undefined);
      }
      return true;
    },
    stop: async () => {
      stopping.abort();
      const waiting = [...timers.keys()];
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      // From here on the workers take no more, so that those of other processes do.
      const stopped = store.boss.offWork(DELIVER_QUEUE, { wait: true });
      await wake(waiting);
      await stopped;
    },
  };
};
