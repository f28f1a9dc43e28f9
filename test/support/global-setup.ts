/** Before the first test: a real Postgres with a migrated template, which every test file clones. After the last: nothing is left. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { createLog } from "../../src/log.ts";
import { openStore } from "../../src/store/open.ts";
import { startPostgres, type PostgresServer } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of a database in which others may be created. */
    postgresUrl: string;
    /** The name of the migrated database to clone. */
    postgresTemplate: string;
    /** A folder of this run. */
    runDir: string;
  }
}

const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const given = process.env["TEST_DATABASE_URL"];
  const server: Pick<PostgresServer, "url" | "stop"> =
    given === undefined ? await startPostgres() : { url: given, stop: async () => undefined };
  const template = `otklik_template_${randomUUID().replaceAll("-", "")}`;
  const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
  await removeAbandoned();
  const runDir = await mkdtemp(join(tmpdir(), `${RUN}${process.pid}-`));
  const teardown = async (): Promise<void> => {
    await sql`drop database if exists ${sql(template)} with (force)`;
    await sql.end();
    await server.stop();
    await rm(runDir, { recursive: true, force: true });
  };
  try {
    await sql`create database ${sql(template)}`;
    const url = new URL(server.url);
    url.pathname = `/${template}`;
    const store = await openStore({ kind: "postgres", url: url.href }, createLog("error"), { jobs: false });
    await store.close();
  } catch (error) {
    await teardown();
    throw error;
  }
  provide("postgresUrl", server.url);
  provide("postgresTemplate", template);
  provide("runDir", runDir);
  return teardown;
};

const RUN = "otklik-run-";

/** Folders of runs that were killed: their name says by which process they were made. */
const removeAbandoned = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(RUN) ? Number(name.slice(RUN.length).split("-")[0]) : 0;
    if (pid > 0 && !isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's folder is theirs to remove.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

export default setup;
