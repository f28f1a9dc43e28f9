/** Who looks at which chat when: pg-boss wakes, the order and the state of what is told stand in our own tables. */
import { EventEmitter, once } from "node:events";
import { z } from "zod";
import { DELIVER_QUEUE, type DeliverJob } from "../store/enqueue.ts";
import { listDueChats } from "../store/queries/due-notices.ts";
import { deliverChat, type DeliverDeps } from "./deliver.ts";

/** Batches of chats a process works on side by side, and chats in each. */
const WORKERS = 4;
const BATCH = 8;

/** The database is away: asked again after this long. */
const OUTAGE_MS = 5000;

const Job = z.object({ chatId: z.int() }) satisfies z.ZodType<DeliverJob>;

/** Deliveries at work. */
export type Queues = {
  /**
   * True once nothing is left that could be told at this moment of city time; false after so many ms of wire time. What Telegram put
   * off is not waited for.
   */
  settled(patienceMs: number): Promise<boolean>;
  /** Finishes the messages in hand. */
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

  // Kept in this process only: should it die, the sweep finds the chat by its notices.
  const lookAgain = (chatId: number, afterMs: number): void => {
    clearTimeout(timers.get(chatId));
    const wake = (): void => {
      timers.delete(chatId);
      store.db
        .transaction((tx) => store.wakeChats(tx, [chatId]))
        .catch((err: unknown) => log.warn({ err }, "a chat could not be woken"));
    };
    timers.set(chatId, setTimeout(wake, afterMs));
  };

  const look = async (chatId: number): Promise<void> => {
    // A job always completes: what could not be told is a state of the notice.
    const afterMs = await deliverChat(deps, chatId, stopping.signal).catch((err: unknown) => {
      log.error({ err }, "delivery failed");
      return OUTAGE_MS;
    });
    if (afterMs !== null && !stopping.signal.aborted) lookAgain(chatId, afterMs);
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
    await Promise.all(jobs.map(({ data }) => look(Job.parse(data).chatId)));
  });
  return {
    settled: async (patienceMs) => {
      const patience = AbortSignal.any([AbortSignal.timeout(patienceMs), stopping.signal]);
      while ((await listDueChats(store.db, deps.now(), deps.wireNow(), 1)).length > 0) {
        if (patience.aborted) return false;
        // The embedded database tells its workers of no new job; they would ask in two seconds.
        store.boss.notifyWorker(worker);
        const signal = AbortSignal.any([AbortSignal.timeout(ASK_AGAIN_MS), patience]);
        await once(looked, "looked", { signal }).catch(() => undefined);
      }
      return true;
    },
    stop: async () => {
      stopping.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await store.boss.offWork(DELIVER_QUEUE, { wait: true });
    },
  };
};
