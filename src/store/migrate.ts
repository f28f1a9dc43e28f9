import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "./db.ts";
import { rows, wholeNumber } from "./raw.ts";
import { StoreRefusal } from "./refusal.ts";

/** The folder with the generated SQL and its journal. */
export const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));

/** Any constant does, as long as every version of the program uses the same. */
const LOCK = 7_106_584;

/**
 * Runs `work` while no other process of ours does. The database must have exactly one connection: the lock belongs to it,
 * and goes with it should the process die.
 */
export const alone = async (db: Db, work: () => Promise<void>): Promise<void> => {
  await db.execute(sql`select pg_advisory_lock(${LOCK})`);
  try {
    await work();
  } finally {
    await db.execute(sql`select pg_advisory_unlock(${LOCK})`);
  }
};

/** Refuses a database that was migrated by a newer program, or by one with another history. */
export const refuseUnknownMigrations = async (db: Db): Promise<void> => {
  const known = new Set(readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ folderMillis }) => folderMillis));
  const strange = (await appliedMigrations(db)).filter((when) => !known.has(when));
  const newest = Math.max(...known);
  const newer = strange.filter((when) => when > newest);
  if (newer.length > 0) {
    throw new StoreRefusal(
      `The database was migrated by a newer version of this program (${dayOf(Math.max(...newer))}; this one knows up to ` +
        `${dayOf(newest)}). Start that version, or restore a backup made before the upgrade.`,
    );
  }
  if (strange.length > 0) {
    throw new StoreRefusal(
      `The database has a migration of ${dayOf(Math.max(...strange))} which no released version of this program has. ` +
        "It was made by a version under development; use another database.",
    );
  }
};

/** Whether every migration this program knows is in the database. */
export const isMigrated = async (db: Db): Promise<boolean> => {
  const applied = new Set(await appliedMigrations(db));
  return readMigrationFiles({ migrationsFolder: MIGRATIONS }).every(({ folderMillis }) => applied.has(folderMillis));
};

const appliedMigrations = async (db: Db): Promise<number[]> => {
  const [journal] = await rows(
    db,
    z.object({ present: z.boolean() }),
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as present`,
  );
  if (journal?.present !== true) return [];
  const applied = await rows(
    db,
    z.object({ when: wholeNumber }),
    sql`select created_at as "when" from drizzle.__drizzle_migrations`,
  );
  return applied.map(({ when }) => when);
};

const dayOf = (when: number): string => new Date(when).toISOString().slice(0, 16);
