/**
 * `npm run check [-- name…]`: everything a machine can say about the tree, or only the checks named.
 * Every check runs even if another one fails, so one run shows all there is to mend; any failure makes the exit code 1.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

const CHECKS = {
  format: "prettier --check --log-level warn .",
  types: "tsc -p .",
  "page types": "tsc -p src/local-telegram/page && tsc -p src/web/pages/assets",
  lint: "oxlint",
  unused: "knip",
  migrations: "drizzle-kit check && node scripts/check-migrations.ts",
} as const;

type Check = keyof typeof CHECKS;

const run = (check: Check): Promise<{ passed: boolean; output: string; seconds: number }> =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(CHECKS[check], { shell: true, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const output = Buffer.concat(chunks).toString().trim();
      resolve({ passed: code === 0, output, seconds: (performance.now() - started) / 1000 });
    });
  });

const names = Object.keys(CHECKS) as Check[];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.some((known) => known === name));
if (unknown.length > 0) {
  console.error(`No such check: ${unknown.join(", ")}. There are: ${names.join(", ")}.`);
  process.exit(2);
}

const waiting = asked.length === 0 ? [...names] : names.filter((name) => asked.includes(name));
const failed: Check[] = [];

const work = async (): Promise<void> => {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const { passed, output, seconds } = await run(check);
    console.log(`${passed ? "ok  " : "FAIL"} ${check} (${seconds.toFixed(1)} s)`);
    if (passed) continue;
    failed.push(check);
    console.log(`$ ${CHECKS[check]}\n${output}\n`);
  }
};

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
if (failed.length > 0) {
  console.log(`Failed: ${failed.join(", ")}. Formatting is mended by \`npm run format\`.`);
  process.exitCode = 1;
}
