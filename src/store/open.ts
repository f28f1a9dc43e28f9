import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Log } from "../log.ts";
import { CASING, type Db, type Tx } from "./db.ts";
import {
  forgetChat,
  installQueues,
  startBoss,
  wakeChats,
  wakeInTurn,
  wakePhotos,
  wakeWebhooks,
  type Boss,
  type Connection,
} from "./enqueue.ts";
import { takeLock } from "./lock.ts";
import { alone, isMigrated, MIGRATIONS, refuseUnknownMigrations } from "./migrate.ts";
import { StoreRefusal } from "./refusal.ts";
import * as schema from "./schema/index.ts";

export type { Db, Tx } from "./db.ts";
export { StoreRefusal } from "./refusal.ts";

/** `dir` is DATA_DIR: the embedded database gets `database` and `database.lock` in it. */
export type Database = { kind: "embedded"; dir: string } | { kind: "postgres"; url: string };

/** The open database with its job queue; everything that reads or writes gets it handed in. */
export type Store = {
  kind: Database["kind"];
  db: Db;
  /** Asks inside the transaction that these chats' notices be looked at once it is committed; asking twice is harmless. */
  wakeChats(tx: Tx, chatIds: readonly number[]): Promise<void>;
  /** The same where nobody looks for it this very moment: they come after all others, and those who wait already keep their place. */
  wakeInTurn(tx: Tx, chatIds: readonly number[]): Promise<void>;
  /** Asks inside the transaction that new and erased photos be seen to once it is committed; `record` does so for those of its report. */
  wakePhotos(tx: Tx): Promise<void>;
  /** Asks inside the transaction that partners be told once it is committed. */
  wakeWebhooks(tx: Tx): Promise<void>;
  /** Removes every trace of a chat from the queues, for it is an erased person's. */
  forgetChat(tx: Tx, chatId: number): Promise<void>;
  /** pg-boss, running; only jobs gives it workers. */
  boss: Boss;
  /** Whether the database answers within two seconds, and has every table this program knows. Never throws. */
  ready(): Promise<{ database: boolean; migrations: boolean }>;
  /** Lets jobs and statements in hand finish (five seconds each at most) and frees the database. Twice is harmless. */
  close(): Promise<void>;
};

/**
 * Opens the database, brought up to date; several processes may do so at once on Postgres.
 * `jobs: false` is for a process whose ROLES leave the jobs to others: it sends them and runs none.
 * Throws `StoreRefusal` where a person has to do something first.
 */
export const openStore = (database: Database, log: Log, options: { jobs?: boolean } = {}): Promise<Store> => {
  const { jobs = true } = options;
  switch (database.kind) {
    case "embedded":
      return openEmbedded(database.dir, jobs, log);
    case "postgres":
      return openPostgres(database.url, jobs, log);
  }
};

const openEmbedded = async (dir: string, jobs: boolean, log: Log): Promise<Store> => {
  const lock = await takeLock(join(dir, "database.lock"));
  try {
    const client = await PGlite.create(join(dir, "database"));
    try {
      const db = drizzlePglite({ client, schema, casing: CASING });
      const connection: Connection = { kind: "embedded", client };
      await migrate(db, () => migratePglite(db, { migrationsFolder: MIGRATIONS }), connection, log);
      return toStore(db, connection, await startBoss(connection, jobs, log), async () => {
        await client.close();
        await lock.release();
      });
    } catch (error) {
      await client.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
};

const openPostgres = async (url: string, jobs: boolean, log: Log): Promise<Store> => {
  const connection: Connection = { kind: "postgres", url };
  // The advisory lock belongs to a connection, so all of the migration has to happen on the same one.
  const single = connect(url, { max: 1, name: "otklik migration", statementMs: 0 });
  try {
    const db = drizzlePostgres({ client: single, schema, casing: CASING });
    await single`select 1`.catch(refuseUnreachable);
    await migrate(db, () => migratePostgres(db, { migrationsFolder: MIGRATIONS }), connection, log);
  } finally {
    await single.end({ timeout: 5 });
  }
  const boss = await startBoss(connection, jobs, log);
  const client = connect(url, { max: 10, name: "otklik", statementMs: 15_000 });
  return toStore(drizzlePostgres({ client, schema, casing: CASING }), connection, boss, () =>
    client.end({ timeout: 5 }),
  );
};

const connect = (url: string, { max, name, statementMs }: { max: number; name: string; statementMs: number }) =>
  postgres(url, {
    max,
    connect_timeout: 10,
    idle_timeout: 60,
    connection: {
      application_name: name,
      // A statement that takes longer is a fault, and must not hold up everybody behind it.
      statement_timeout: statementMs,
      // A process that hangs within a transaction must not keep a report locked.
      idle_in_transaction_session_timeout: 30_000,
    },
    // «already exists, skipping» of the migrations.
    onnotice: () => undefined,
  });

const refuseUnreachable = (cause: unknown): never => {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no answer";
  throw new StoreRefusal(`Postgres cannot be reached (${code}). Is it running, and is DATABASE_URL right?`, { cause });
};

const migrate = (db: Db, run: () => Promise<void>, connection: Connection, log: Log): Promise<void> =>
  alone(db, async () => {
    await refuseUnknownMigrations(db);
    await run();
    await installQueues(connection, log);
  });

const toStore = (db: Db, { kind }: Connection, boss: Boss, disconnect: () => Promise<void>): Store => {
  let closing: Promise<void> | null = null;
  return {
    kind,
    db,
    boss,
    wakeChats: (tx, chatIds) => wakeChats(boss, tx, chatIds),
    wakeInTurn: (tx, chatIds) => wakeInTurn(boss, tx, chatIds),
    wakePhotos: (tx) => wakePhotos(boss, tx),
    wakeWebhooks: (tx) => wakeWebhooks(boss, tx),
    forgetChat,
    ready: async () => {
      const late = AbortSignal.timeout(2_000);
      const waited = new Promise<"late">((resolve) => late.addEventListener("abort", () => resolve("late")));
      const answer = await Promise.race([isMigrated(db).catch(() => "down" as const), waited]);
      return { database: typeof answer === "boolean", migrations: answer === true };
    },
    close: () =>
      (closing ??= (async () => {
        try {
          await boss.stop({ graceful: true, timeout: 5_000 });
        } finally {
          await disconnect();
        }
      })()),
  };
};
