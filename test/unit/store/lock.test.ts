import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLock } from "../../../src/store/lock.ts";
import { StoreRefusal } from "../../../src/store/refusal.ts";

let dir: string;
let path: string;
let children: ChildProcessByStdio<Writable, Readable, null>[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "otklik-lock-"));
  path = join(dir, "data", "database.lock");
  children = [];
});

afterEach(async () => {
  await Promise.all(children.map(kill));
  await rm(dir, { recursive: true });
});

const kill = async (child: (typeof children)[number]): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
};

/** Another process that takes the lock and keeps it; resolves to `taken` or to the refusal's words. */
const elsewhere = async (): Promise<{ said: string; child: (typeof children)[number] }> => {
  const program = `
    import { takeLock } from ${JSON.stringify(fileURLToPath(new URL("../../../src/store/lock.ts", import.meta.url)))};
    console.log(await takeLock(${JSON.stringify(path)}).then(() => "taken", (error) => error.message));
    process.stdin.resume();
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { said: String(said).trim(), child };
};

const left = async (change: Record<string, unknown>): Promise<void> => {
  const lock = await takeLock(path);
  const holder = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  await lock.release();
  await writeFile(path, JSON.stringify({ ...holder, token: "left", ...change }));
};

test("the folder is made, and one process holds it until it lets go", async () => {
  const lock = await takeLock(path);
  await expect(takeLock(path)).rejects.toThrow(StoreRefusal);
  await lock.release();
  await (await takeLock(path)).release();
  expect(await readdir(join(dir, "data"))).toEqual([]);
});

test("a second process is refused with the first one's pid and what to do", async () => {
  const { said, child } = await elsewhere();
  expect(said).toBe("taken");
  await expect(takeLock(path)).rejects.toThrow(
    `in use by process ${child.pid} on ${hostname()} (${path}). Two processes on it would lose data: ` +
      "stop that process first, give this one another DATA_DIR, or set DATABASE_URL",
  );
});

test("the lock of a killed process is taken over", async () => {
  const { child } = await elsewhere();
  await kill(child);
  const lock = await takeLock(path);
  expect((await elsewhere()).said).toContain(`in use by process ${process.pid}`);
  await lock.release();
  expect(await readdir(join(dir, "data"))).toEqual([]);
});

test("of many that find a dead holder's lock at once, exactly one takes it over", async () => {
  const { child } = await elsewhere();
  await kill(child);
  const said = (await Promise.all(Array.from({ length: 12 }, elsewhere))).map((other) => other.said);
  expect(said.filter((words) => words === "taken")).toHaveLength(1);
  expect(said.filter((words) => words.startsWith("The embedded database is in use"))).toHaveLength(11);
});

test("an heir that died while clearing a dead holder's lock keeps nobody out", async () => {
  await left({ pid: 2 ** 30 });
  const dead = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  await writeFile(`${path}.after-left`, JSON.stringify({ ...dead, token: "heir" }));
  const lock = await takeLock(path);
  await lock.release();
  expect(await readdir(join(dir, "data"))).toEqual([]);
});

test("a pid that now belongs to another process does not count", async () => {
  await left({ startedAt: "an earlier boot:1" });
  await (await takeLock(path)).release();
});

test("a lock of another host counts while it beats, and not when it fell silent", async () => {
  await left({ host: "another-container", pid: 1 });
  await expect(takeLock(path)).rejects.toThrow("in use by process 1 on another-container");
  const earlier = new Date(Date.now() - 31_000);
  await utimes(path, earlier, earlier);
  await (await takeLock(path)).release();
});

test("a file that is no lock is left alone and named", async () => {
  await (await takeLock(path)).release();
  await writeFile(path, "12345");
  await expect(takeLock(path)).rejects.toThrow(`${path} is not a lock of this program`);
  expect(await readFile(path, "utf8")).toBe("12345");
});

test("a folder that cannot be used is named with what is needed", async () => {
  await writeFile(join(dir, "data"), "a file");
  await expect(takeLock(path)).rejects.toThrow(/database\.lock cannot be written \(E\w+\)\. DATA_DIR has to be/);
});

test("letting go does not take away a lock that has become somebody else's", async () => {
  const lock = await takeLock(path);
  await writeFile(path, JSON.stringify({ pid: 1, host: "another-container", startedAt: null, token: "theirs" }));
  await lock.release();
  expect(await readFile(path, "utf8")).toContain("theirs");
});
