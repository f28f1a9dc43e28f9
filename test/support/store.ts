import { randomUUID } from "node:crypto";
import { cp, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { inject } from "vitest";
import { createLog, type Log } from "../../src/log.ts";
import { openStore, type Database, type Store } from "../../src/store/open.ts";

/** The two databases of the contract tests. */
export const STORE_KINDS = ["postgres", "embedded"] as const satisfies readonly Store["kind"][];

/** A store of its own, with nothing in it but the tables; `close()` also removes its database. */
export type FreshStore = Store & {
  /** To open it a second time: another process on Postgres, a restart after `restart` on the embedded one. */
  database: Database;
};

/** What goes wrong in a test is seen; what goes well is not. */
export const quietLog: Log = createLog("error");

/** A new store; `jobs: true` for tests in which pg-boss works and not only sends. */
export const freshStore = async (kind: Store["kind"], options: { jobs?: boolean } = {}): Promise<FreshStore> => {
  const { database, remove } = await freshDatabase(kind);
  try {
    const store = await openStore(database, quietLog, { jobs: options.jobs ?? false });
    return {
      ...store,
      database,
      close: async () => {
        await store.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** A migrated database that nobody has open, and the way to remove it. */
export const freshDatabase = async (
  kind: Store["kind"],
): Promise<{ database: Database; remove: () => Promise<void> }> => {
  switch (kind) {
    case "postgres":
      return clonePostgres(inject("postgresTemplate"));
    case "embedded":
      return copyEmbedded(await embeddedTemplate());
  }
};

/** A Postgres database with no table in it. */
export const emptyPostgres = () => clonePostgres("template0");

const clonePostgres = async (template: string) => {
  const admin = inject("postgresUrl");
  const name = `otklik_test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(admin);
  url.pathname = `/${name}`;
  await asAdmin(admin, (sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  return {
    database: { kind: "postgres", url: url.href } as const,
    remove: () => asAdmin(admin, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
};

const asAdmin = async (url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
};

const freshDir = (): Promise<string> => mkdtemp(join(inject("runDir"), "dir-"));

const copyEmbedded = async (template: string) => {
  const dir = await freshDir();
  await cp(template, dir, { recursive: true });
  return {
    database: { kind: "embedded", dir } as const,
    remove: () => rm(dir, { recursive: true, force: true }),
  };
};

/** Making the embedded database takes seconds, copying it a moment: the first test file that needs it makes it for all. */
const embeddedTemplate = async (): Promise<string> => {
  const template = join(inject("runDir"), "embedded-template");
  if (await stat(template).catch(() => null)) return template;
  const dir = await freshDir();
  const store = await openStore({ kind: "embedded", dir }, quietLog, { jobs: false });
  await store.close();
  // Whoever comes second finds the name taken and its own copy as good.
  await rename(dir, template).catch(() => rm(dir, { recursive: true, force: true }));
  return template;
};
