/** Starting on a database: the first time, at once, again, and where it must not. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { DELIVER_QUEUE } from "../../../src/store/enqueue.ts";
import { openStore, StoreRefusal, type Store } from "../../../src/store/open.ts";
import { rows, wholeNumber } from "../../../src/store/raw.ts";
import { residents } from "../../../src/store/schema/residents.ts";
import { aReport, aResident } from "../../support/people.ts";
import { emptyPostgres, freshDatabase, freshStore, quietLog, STORE_KINDS } from "../../support/store.ts";

const appliedIn = (store: Store): Promise<unknown[]> =>
  rows(
    store.db,
    z.object({ id: wholeNumber, hash: z.string() }),
    sql`select id, hash from drizzle.__drizzle_migrations order by id`,
  );

const setNewestMigration = (store: Store, when: number): Promise<unknown> =>
  rows(
    store.db,
    z.unknown(),
    sql`update drizzle.__drizzle_migrations set created_at = ${when}
        where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`,
  );

test("eight processes may start at once on an empty Postgres, and all of them work", async () => {
  const { database, remove } = await emptyPostgres();
  const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(database, quietLog, { jobs: false })));
  try {
    await Promise.all(
      stores.map((store, i) =>
        store.db.transaction(async (tx) => {
          await aResident(tx, { telegramId: i + 1 });
          await store.wakeChats(tx, [i + 1]);
        }),
      ),
    );
    const [first] = stores;
    if (first === undefined) throw new Error("No store was opened");
    expect(await first.db.select().from(residents)).toHaveLength(8);
    expect(await first.boss.findJobs(DELIVER_QUEUE)).toHaveLength(8);
    const applied = await appliedIn(first);
    expect(new Set(applied.map((migration) => JSON.stringify(migration))).size).toBe(applied.length);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
    await remove();
  }
});

describe.each(STORE_KINDS)("on %s", (kind) => {
  test("a second start keeps everything and migrates nothing", async () => {
    const { database, remove } = await freshDatabase(kind);
    const before = await openStore(database, quietLog, { jobs: false });
    const report = await aReport(before.db, await aResident(before.db, { name: "Анна" }));
    await before.db.transaction((tx) => before.wakeChats(tx, [77]));
    const applied = await appliedIn(before);
    await before.close();

    const after = await openStore(database, quietLog, { jobs: false });
    try {
      expect(await after.db.query.reports.findMany()).toEqual([report]);
      expect((await after.boss.findJobs(DELIVER_QUEUE)).map(({ data }) => data)).toEqual([{ chatId: 77 }]);
      expect(await appliedIn(after)).toEqual(applied);
    } finally {
      await after.close();
      await remove();
    }
  });

  test("a job queue of an older version is set as this one sets it", async () => {
    const { database, remove } = await freshDatabase(kind);
    const before = await openStore(database, quietLog, { jobs: false });
    const settings = await before.boss.getQueue(DELIVER_QUEUE);
    await before.boss.updateQueue(DELIVER_QUEUE, { deleteAfterSeconds: 604_800 });
    await before.close();
    const after = await openStore(database, quietLog, { jobs: false });
    try {
      expect(await after.boss.getQueue(DELIVER_QUEUE)).toMatchObject({
        policy: settings?.policy,
        deleteAfterSeconds: 86_400,
      });
    } finally {
      await after.close();
      await remove();
    }
  });

  test("a database of a newer program is refused, with what to do, and left alone", async () => {
    const { database, remove } = await freshDatabase(kind);
    const newer = await openStore(database, quietLog, { jobs: false });
    await setNewestMigration(newer, Date.parse("2999-01-01T00:00:00Z"));
    const applied = await appliedIn(newer);
    await newer.close();
    await expect(openStore(database, quietLog)).rejects.toThrow(
      /migrated by a newer version of this program \(2999-01-01.*Start that version, or restore a backup/s,
    );
    await expect(openStore(database, quietLog)).rejects.toBeInstanceOf(StoreRefusal);
    expect(applied.length).toBeGreaterThan(0);
    await remove();
  });

  test("a database with a migration nobody released is refused", async () => {
    const { database, remove } = await freshDatabase(kind);
    const strange = await openStore(database, quietLog, { jobs: false });
    await setNewestMigration(strange, Date.parse("2020-01-01T00:00:00Z"));
    await strange.close();
    await expect(openStore(database, quietLog)).rejects.toThrow("a version under development");
    await remove();
  });

  test("a job queue of a newer program is refused", async () => {
    const { database, remove } = await freshDatabase(kind);
    const newer = await openStore(database, quietLog, { jobs: false });
    await rows(newer.db, z.unknown(), sql`update pgboss.version set version = 9999`);
    await newer.close();
    await expect(openStore(database, quietLog)).rejects.toThrow("job queue was made by a newer version");
    await remove();
  });

  test("a program newer than the database is not ready until it has migrated", async () => {
    const store = await freshStore(kind);
    await rows(store.db, z.unknown(), sql`delete from drizzle.__drizzle_migrations where id > 1`);
    expect(await store.ready()).toEqual({ database: true, migrations: false });
    await store.close();
  });

  test("closing twice is closing once, and a closed store is not ready", async () => {
    const store = await freshStore(kind);
    await Promise.all([store.close(), store.close()]);
    expect(await store.ready()).toEqual({ database: false, migrations: false });
  });

  test("a job reaches the worker of a store that works", async () => {
    const store = await freshStore(kind, { jobs: true });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    await store.boss.work(DELIVER_QUEUE, async (jobs) => resolve(jobs.map(({ data }) => data)));
    await store.db.transaction((tx) => store.wakeChats(tx, [-100]));
    expect(await promise).toEqual([{ chatId: -100 }]);
    await store.close();
  });
});

test("closing waits for the transaction in hand", async () => {
  const store = await freshStore("postgres");
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const act = store.db.transaction(async (tx) => {
    await aResident(tx, { telegramId: 8 });
    begin();
    await rows(tx, z.unknown(), sql`select pg_sleep(0.3)`);
    return "committed";
  });
  await begun;
  const closed = store.close();
  expect(await act).toBe("committed");
  await closed;
});

test("a Postgres that does not answer is refused without telling its password", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  const port = typeof address === "object" ? address?.port : undefined;
  const url = `postgres://otklik:hidden-password@127.0.0.1:${port}/otklik`;
  const refused = openStore({ kind: "postgres", url }, quietLog);
  await expect(refused).rejects.toThrow(
    "Postgres cannot be reached (ECONNREFUSED). Is it running, and is DATABASE_URL right?",
  );
  await expect(refused).rejects.not.toThrow("hidden-password");
});

test("the embedded database refuses a second process by the first one's pid, and takes it in when the first was killed", async () => {
  const { database, remove } = await freshDatabase("embedded");
  const program = `
    import { openStore } from ${JSON.stringify(fileURLToPath(new URL("../../../src/store/open.ts", import.meta.url)))};
    const log = { error() {}, warn() {}, info() {}, debug() {}, child: () => log };
    const store = await openStore(${JSON.stringify(database)}, log, { jobs: false });
    await store.db.transaction((tx) => store.wakeChats(tx, [5]));
    console.log("open");
    process.stdin.resume();
  `;
  const first = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    await once(first.stdout, "data");
    await expect(openStore(database, quietLog)).rejects.toThrow(
      new RegExp(`in use by process ${first.pid} on .* stop that process first`),
    );
  } finally {
    first.kill("SIGKILL");
    await once(first, "exit");
  }
  const second = await openStore(database, quietLog, { jobs: false });
  expect((await second.boss.findJobs(DELIVER_QUEUE)).map(({ data }) => data)).toEqual([{ chatId: 5 }]);
  await second.close();
  await remove();
});

test("connections to Postgres carry our name, and neither a slow statement nor a hung transaction keeps others out", async () => {
  const store = await freshStore("postgres");
  const names = z.object({ name: z.string(), statement: z.string(), idle: z.string() });
  const [settings] = await rows(
    store.db,
    names,
    sql`select current_setting('application_name') as name, current_setting('statement_timeout') as statement,
          current_setting('idle_in_transaction_session_timeout') as idle`,
  );
  expect(settings).toEqual({ name: "otklik", statement: "15s", idle: "30s" });
  const connections = await rows(
    store.db,
    z.object({ name: z.string() }),
    sql`select application_name as name from pg_stat_activity
        where datname = current_database() and application_name like 'otklik%'`,
  );
  // A process that leaves the jobs to others holds one connection for sending them; that of the migration is gone.
  expect(connections.map(({ name }) => name).toSorted()).toEqual(["otklik", "otklik jobs"]);
  await store.close();
});
