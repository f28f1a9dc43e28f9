/**
 * What `drizzle-kit check` leaves open: that every migration of the journal is there, in an order the migrator follows,
 * and that the tables in `src/store/schema` say nothing the migrations do not.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import config from "../drizzle.config.ts";

const Journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

const sqlFiles = (dir: string): string[] => readdirSync(dir).filter((name) => name.endsWith(".sql"));

const journalFaults = (): string[] => {
  const { entries } = Journal.parse(JSON.parse(readFileSync(join(config.out, "meta/_journal.json"), "utf8")));
  const files = new Set(sqlFiles(config.out));
  const missing = entries.filter(({ tag }) => !files.delete(`${tag}.sql`)).map(({ tag }) => `${tag}.sql is missing`);
  const strangers = [...files].map((name) => `${name} is not in the journal, so it never runs`);
  // The migrator runs what is newer than the newest migration it has run; anything older is skipped in silence.
  const late = entries
    .filter(({ when }, i) => when <= (entries[i - 1]?.when ?? 0))
    .map(({ tag }) => `${tag} is not newer than the migration before it, so a database that has that one skips it`);
  return [...missing, ...strangers, ...late];
};

/** Asks drizzle-kit for the next migration, in a copy of the folder so that the tree stays untouched. */
const schemaFaults = (): string[] => {
  const cache = "node_modules/.cache";
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "check-migrations-"));
  const copy = join(work, "migrations");
  const configFile = join(work, "config.json");
  try {
    cpSync(config.out, copy, { recursive: true });
    writeFileSync(configFile, JSON.stringify({ ...config, out: copy }));
    const before = new Set(sqlFiles(copy));
    const kit = spawnSync("drizzle-kit", ["generate", `--config=${configFile}`], { encoding: "utf8", input: "" });
    // Its exit code proves nothing: without a terminal it cannot ask whether a column was renamed, and ends with 0.
    if (kit.stdout.includes("No schema changes")) return [];
    const added = sqlFiles(copy).filter((name) => !before.has(name));
    return [
      "The schema has changed and no migration says so: run `npm run db:generate` and commit its files.",
      ...(added.length > 0 ? added.map((name) => readFileSync(join(copy, name), "utf8")) : [kit.stdout, kit.stderr]),
    ];
  } finally {
    rmSync(work, { recursive: true });
  }
};

const faults = [...journalFaults(), ...schemaFaults()];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
