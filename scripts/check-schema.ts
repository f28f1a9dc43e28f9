/**
 * Fails when the tables in `src/store/schema` say something the migrations do not: asks drizzle-kit for the next
 * migration in a copy of the folder, so the tree stays untouched, and expects that there is none to write.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import config from "../drizzle.config.ts";

const CACHE = "node_modules/.cache";
mkdirSync(CACHE, { recursive: true });
const work = mkdtempSync(join(CACHE, "check-schema-"));
const migrations = join(work, "migrations");
const configFile = join(work, "config.json");

try {
  cpSync(config.out, migrations, { recursive: true });
  writeFileSync(configFile, JSON.stringify({ ...config, out: migrations }));
  const before = new Set(readdirSync(migrations));
  // Without a terminal drizzle-kit cannot ask whether a column was renamed; it then fails, which says the same to us.
  const kit = spawnSync("drizzle-kit", ["generate", `--config=${configFile}`], { encoding: "utf8", input: "" });
  const added = readdirSync(migrations).filter((name) => !before.has(name));

  if (kit.status !== 0 || added.length > 0) {
    console.error("The schema has changed and no migration says so: run `npm run db:generate` and commit its files.");
    for (const name of added) console.error(readFileSync(join(migrations, name), "utf8"));
    if (kit.status !== 0) console.error(`${kit.stdout}\n${kit.stderr}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true });
}
