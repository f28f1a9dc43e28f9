/**
 * Fails when the tables in `src/store/schema` say something the migrations do not: asks drizzle-kit for the next
 * migration in a copy of the folder, so the tree stays untouched, and expects that there is none to write.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import config from "../drizzle.config.ts";

const { dialect, schema, out } = config;

mkdirSync("node_modules/.cache", { recursive: true });
const copy = mkdtempSync("node_modules/.cache/migrations-");
try {
  cpSync(out, copy, { recursive: true });
  const before = new Set(readdirSync(copy));
  const flags = [`--dialect=${dialect}`, `--schema=${schema}`, `--out=${relative(".", copy)}`];
  const { status, stdout, stderr } = spawnSync("drizzle-kit", ["generate", ...flags], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const added = readdirSync(copy).filter((name) => !before.has(name));
  if (status !== 0 || added.length > 0) {
    console.error("The schema has changed and no migration says so: run `npm run db:generate` and commit its files.");
    for (const name of added) console.error(readFileSync(`${copy}/${name}`, "utf8"));
    if (status !== 0) console.error(`${stdout}\n${stderr}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true });
}
