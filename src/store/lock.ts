/**
 * Two processes on one embedded database silently lose data, so a file beside it says which process has it.
 * It stays after a crash; the next start takes it over.
 */
import { randomUUID } from "node:crypto";
import { mkdir, open, link, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import { StoreRefusal } from "./refusal.ts";

const Holder = z.object({
  pid: z.int(),
  /** A container's restart brings a new host name and the same pid. */
  host: z.string(),
  /** When the process began, as the kernel counts; null where the kernel does not tell. Pids are used again. */
  startedAt: z.string().nullable(),
  /** Names this very lock, so that a stale one has exactly one successor. */
  token: z.string(),
});
type Holder = z.output<typeof Holder>;

const BEAT_MS = 5_000;
/** A lock of another host, whose processes we cannot see, counts as left behind after this long without a beat. */
const SILENCE_MS = 30_000;

export type Lock = { release(): Promise<void> };

/** Takes the lock file for this process until `release`, or refuses naming the process that has it. */
export const takeLock = async (path: string): Promise<Lock> => {
  const token = await claimFor(path).catch((error: unknown) => refuseUnusable(path, error));
  const beat = setInterval(() => {
    // Somebody who deletes the file by hand is not to be answered with a crash.
    utimes(path, new Date(), new Date()).catch(() => undefined);
  }, BEAT_MS).unref();
  return {
    release: async () => {
      clearInterval(beat);
      if ((await readHolder(path))?.token === token) await rm(path, { force: true });
    },
  };
};

const claimFor = async (path: string): Promise<string> => {
  await mkdir(dirname(path), { recursive: true });
  const { pid } = process;
  const me: Holder = { pid, host: hostname(), startedAt: await startOf(pid), token: randomUUID() };
  // Written whole before it gets its name: nobody ever reads half a lock.
  const mine = `${path}.${me.token}`;
  await writeWhole(mine, JSON.stringify(me));
  try {
    while (!(await claim(mine, path))) await succeed(path, mine);
    return me.token;
  } finally {
    await rm(mine, { force: true });
  }
};

const refuseUnusable = (path: string, error: unknown): never => {
  if (error instanceof StoreRefusal || codeOf(error) === undefined) throw error;
  throw new StoreRefusal(
    `${path} cannot be written (${String(codeOf(error))}). ` +
      "DATA_DIR has to be a folder in which this user may write, on a file system that knows hard links.",
    { cause: error },
  );
};

/** A hard link fails if the name is taken, on every file system that knows links: the one atomic step. */
const claim = async (mine: string, path: string): Promise<boolean> => {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
};

/**
 * Clears a dead holder's lock away, or refuses because the holder lives. Of several that find the same dead holder only the
 * one who gets the name of its heir may clear, and only while the lock is still that one; a dead heir is succeeded likewise.
 */
const succeed = async (path: string, mine: string): Promise<void> => {
  const holder = await readHolder(path);
  if (holder === null) return;
  if (await isAlive(holder, path)) throw refusal(path, holder);
  const heir = `${path}.after-${holder.token}`;
  if (!(await claim(mine, heir))) return succeed(heir, mine);
  try {
    if ((await readHolder(path))?.token === holder.token) await rm(path);
  } finally {
    await rm(heir);
  }
};

const writeWhole = async (path: string, text: string): Promise<void> => {
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

const readHolder = async (path: string): Promise<Holder | null> => {
  try {
    return Holder.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new StoreRefusal(
      `${path} is not a lock of this program. If no other process uses the database beside it, delete the file and start again.`,
      { cause: error },
    );
  }
};

const isAlive = async (holder: Holder, path: string): Promise<boolean> => {
  if (holder.host !== hostname()) {
    const beatenAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    return Date.now() - beatenAt < SILENCE_MS;
  }
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    if (codeOf(error) !== "EPERM") return false;
  }
  return holder.startedAt === (await startOf(holder.pid));
};

/** The kernel's boot and the clock tick in which a process began: together with the pid it names one process for good. */
const startOf = async (pid: number): Promise<string | null> => {
  try {
    const [status, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
    ]);
    // The second field is the program's name in brackets and may hold spaces; the 22nd is the start.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return `${boot.trim()}:${fields[19] ?? ""}`;
  } catch {
    return null;
  }
};

const refusal = (path: string, holder: Holder): StoreRefusal =>
  new StoreRefusal(
    `The embedded database is in use by process ${holder.pid} on ${holder.host} (${path}). ` +
      "Two processes on it would lose data: stop that process first, give this one another DATA_DIR, " +
      "or set DATABASE_URL to let several processes share a Postgres.",
  );

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
