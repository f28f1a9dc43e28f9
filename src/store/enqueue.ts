/** pg-boss beside our transactions: a job is written with the fact it follows, or not at all. */
import type { PGlite } from "@electric-sql/pglite";
import { sql, type SQL } from "drizzle-orm";
import { fromDrizzle, fromPglite, PgBoss, type ConstructorOptions } from "pg-boss";
import manifest from "pg-boss/package.json" with { type: "json" };
import type { Log } from "../log.ts";
import type { Tx } from "./db.ts";
import { untypedRows } from "./raw.ts";
import { StoreRefusal } from "./refusal.ts";

/** What carries the background work; jobs/queues.ts hands it the workers. */
export type Boss = PgBoss;

/** The queue of «look at this chat»: one job waiting per chat and never two running. Its jobs always complete. */
export const DELIVER_QUEUE = "deliver";

/** What a job of the deliver queue carries. */
export type DeliverJob = { chatId: number };

/** Whoever pressed something a second ago is told before thousands whom the morning wakes. */
const [LIVE, IN_TURN] = [0, -1];

/**
 * The queue of «look at the photos»; what is to be done stands in the photos' own rows. Its jobs have no key, over which two transactions
 * that also wake chats could wait for each other: whoever works takes all that wait at once.
 */
export const PHOTO_QUEUE = "photos";

/** The queue of «tell the partners»; what, and whom, stands in the deliveries' own rows. */
export const WEBHOOK_QUEUE = "webhooks";

/** How pg-boss reaches the database: its own pool, or the one connection of the embedded one. */
export type Connection = { kind: "postgres"; url: string } | { kind: "embedded"; client: PGlite };

/** Writes pg-boss's tables and our queues; the caller sees to it that no other process does so now. */
export const installQueues = async (connection: Connection, log: Log): Promise<void> => {
  const boss = build(connection, log, { ...quiet, max: 1 });
  await boss.start();
  try {
    // pg-boss itself would go on with tables it does not know.
    if (((await boss.schemaVersion()) ?? 0) > manifest.pgboss.schema) {
      throw new StoreRefusal(
        "The database's job queue was made by a newer version of this program. Start that version.",
      );
    }
    const options = {
      notify: true,
      retryLimit: 5,
      retryBackoff: true,
      retryDelay: 1,
      // A process that died holds its chats no longer than this and the next look (`LOOK_SECONDS`).
      heartbeatSeconds: 30,
    } as const;
    for (const [queue, policy, keptDays] of [
      // A day is as long as /health tells of failed ones, and of the others there are some hundred thousand a day.
      [DELIVER_QUEUE, "stately", 1],
      [PHOTO_QUEUE, "standard", 7],
      [WEBHOOK_QUEUE, "standard", 7],
    ] as const) {
      const set = { ...options, deleteAfterSeconds: keptDays * 24 * 60 * 60 };
      if ((await boss.getQueue(queue)) === null) await boss.createQueue(queue, { ...set, policy });
      else await boss.updateQueue(queue, set);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
};

/**
 * A running pg-boss. With `works: false` it can only send: it supervises nothing, schedules nothing and holds one connection.
 * Nothing here uses its cron: jobs/schedule.ts does that.
 */
export const startBoss = async (connection: Connection, works: boolean, log: Log): Promise<Boss> => {
  const boss = works
    ? build(connection, log, { schedule: false, useListenNotify: true, max: 4, ...LOOKS })
    : build(connection, log, { ...quiet, migrate: false, max: 1 });
  await boss.start();
  return boss;
};

/** More than can be needed: each time another process would have to be quicker. */
const UPSERT_TRIES = 10;

/** Asks, inside this transaction, that somebody looks at these chats once it is committed. */
export const wakeChats = async (boss: Pick<Boss, "upsert">, tx: Tx, chatIds: readonly number[]): Promise<void> => {
  const db = inside(tx);
  for (const chatId of inOrder(chatIds)) {
    // A job that waits already is touched, which keeps workers from it until this transaction is committed: one that took it
    // now would not see what is to be told, and nothing would wake the chat afterwards. One that waits to be tried again is due now.
    const options = { singletonKey: String(chatId), priority: LIVE, startAfter: 0, db };
    // None is touched and none written when the one in the way is taken at that very moment.
    for (let left = UPSERT_TRIES; left > 0; left -= 1) {
      const { jobs } = await boss.upsert(DELIVER_QUEUE, { chatId } satisfies DeliverJob, options);
      if (jobs.length > 0) break;
    }
  }
};

/**
 * Asks, inside this transaction, that somebody looks at these chats when nobody is to be told what happens just now. What they are to be
 * told was committed before, so that a job which waits already will see it.
 */
export const wakeInTurn = async (boss: Boss, tx: Tx, chatIds: readonly number[]): Promise<void> => {
  const jobs = inOrder(chatIds).map((chatId) => ({
    data: { chatId } satisfies DeliverJob,
    singletonKey: String(chatId),
    priority: IN_TURN,
  }));
  await boss.insert(DELIVER_QUEUE, jobs, { db: inside(tx) });
};

/** One order everywhere: two transactions that wait for each other's keys would end in a deadlock. */
const inOrder = (chatIds: readonly number[]): number[] => [...new Set(chatIds)].toSorted((a, b) => a - b);

/** Forgets, inside this transaction, that anybody was to look at a chat, or did: its id is that of an erased person. */
export const forgetChat = async (tx: Tx, chatId: number): Promise<void> => {
  await untypedRows(
    tx,
    sql`delete from pgboss.job where name = ${DELIVER_QUEUE} and singleton_key = ${String(chatId)}`,
  );
};

/** Asks, inside this transaction, that somebody looks at the photos once it is committed. */
export const wakePhotos = async (boss: Boss, tx: Tx): Promise<void> => {
  await boss.send(PHOTO_QUEUE, {}, { db: inside(tx) });
};

/** Asks, inside this transaction, that somebody tells the partners once it is committed. */
export const wakeWebhooks = async (boss: Boss, tx: Tx): Promise<void> => {
  await boss.send(WEBHOOK_QUEUE, {}, { db: inside(tx) });
};

const inside = (tx: Tx) => fromDrizzle({ execute: (query) => untypedRows(tx, query as SQL) }, sql);

/** How often processes look for jobs whose process has died; what they held waits that much longer. */
const LOOK_SECONDS = 10;
const LOOKS = { superviseIntervalSeconds: LOOK_SECONDS, monitorIntervalSeconds: LOOK_SECONDS };

const quiet = { schedule: false, supervise: false } satisfies ConstructorOptions;

const build = (connection: Connection, log: Log, options: ConstructorOptions): PgBoss => {
  const boss = new PgBoss({
    ...options,
    ...(connection.kind === "postgres"
      ? { connectionString: connection.url, application_name: "otklik jobs" }
      : { db: fromPglite(connection.client), backend: "pglite" }),
    openTelemetry: { enabled: false },
  });
  // Without a listener an error of its timers would end the process.
  boss.on("error", (err) => log.error({ err }, "job queue"));
  boss.on("warning", ({ message }) => log.warn({ warning: message }, "job queue"));
  return boss;
};
