/** The tests' own Postgres: the fallback of a machine without one, and that nothing of it stays behind. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { startPostgres } from "../../support/postgres.ts";
import { systemBinaries } from "../../support/postgres-binaries.ts";

const answers = async (url: string): Promise<boolean> => {
  const sql = postgres(url, { max: 1, connect_timeout: 2 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end();
  }
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test("a machine without Postgres gets the packaged one, and a killed run leaves neither server nor files", async () => {
  const program = `
    import { startPostgres } from ${JSON.stringify(fileURLToPath(new URL("../../support/postgres.ts", import.meta.url)))};
    const server = await startPostgres(async () => null);
    console.log(JSON.stringify(server));
    process.stdin.resume();
  `;
  const run = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    const [line] = (await once(run.stdout, "data")) as [Buffer];
    const { url, dir } = JSON.parse(String(line)) as { url: string; dir: string };
    expect(await answers(url)).toBe(true);
    expect(Number(new URL(url).port)).toBeLessThan(32_768);
    run.kill("SIGKILL");
    await vi.waitFor(async () => expect(await exists(dir)).toBe(false), { timeout: 20_000 });
    expect(await answers(url)).toBe(false);
  } finally {
    run.kill("SIGKILL");
  }
}, 60_000);

test("a Postgres that cannot be started is told with what to do", async () => {
  const broken = startPostgres(async () => ({ initdb: "/bin/false", postgres: "/bin/false" }));
  await expect(broken).rejects.toThrow(/apt-get install postgresql.*TEST_DATABASE_URL/s);
});

test("programs that are not there are not found", async () => {
  expect(await systemBinaries("/nowhere:/etc", "/nowhere")).toBeNull();
});
