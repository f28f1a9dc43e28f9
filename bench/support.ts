/** What the benches of delivery share: the messenger with Telegram's limits, processes of the program, and something to tell. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { sql, type SQL } from "drizzle-orm";
import { openLocalTelegram } from "../src/local-telegram/index.ts";
import { telegramPace } from "../src/local-telegram/settings.ts";
import { createLog } from "../src/log.ts";
import type { ROLES } from "../src/settings.ts";
import { openStore, type Store } from "../src/store/open.ts";
import { residents } from "../src/store/schema/residents.ts";
import { notices } from "../src/store/schema/notices.ts";
import { startPostgres } from "../test/support/postgres.ts";
import { aReport } from "../test/support/people.ts";

const TOKEN = "700100200:AAbenchbenchbenchbenchbenchbenchbench";
const FIRST_CHAT = 10_000;
/** Told to residents at any hour, one by one however many wait, and shows its report's number. */
const KIND = "undone";

type Role = (typeof ROLES)[number];

/** A message that the messenger took: when (ms), for whom, and the number of the report it is about. */
export type Arrival = { at: number; chatId: number; number: number };

/** The messenger in this process, with every call of the bot that sends written down. */
const startMessenger = async (dir: string, chats: number) => {
  const people = Array.from({ length: chats }, (_, i) => ({
    id: FIRST_CHAT + i,
    firstName: "Житель",
    languageCode: "ru",
    caption: { ru: "житель", en: "resident" },
    hasStarted: true,
  }));
  const messenger = await openLocalTelegram({
    ...{ token: TOKEN, dir, people, groups: [], pace: telegramPace },
    bot: { id: 700100200, username: "otklik_bench_bot", firstName: "Отклик" },
    map: { districts: [], streets: [], center: [37.4, 55.73] },
  });
  const sent: Arrival[] = [];
  let refused = 0;
  const fetch = async (request: Request): Promise<Response> => {
    if (!request.url.endsWith("/sendMessage")) return messenger.app.fetch(request);
    const told = (await request.clone().json()) as { chat_id: number; text: string };
    const response = await messenger.app.fetch(request);
    if (response.status === 429) refused += 1;
    if (response.ok) {
      const number = Number(/№ (\d+)/.exec(told.text)?.[1]);
      sent.push({ at: performance.now(), chatId: told.chat_id, number });
    }
    return response;
  };
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const started = serve({ fetch, port: 0, hostname: "127.0.0.1" }, (at) =>
      resolve({ server: started, port: at.port }),
    );
  });
  return {
    root: `http://127.0.0.1:${port}`,
    sent,
    refused: () => refused,
    close: async () => {
      await messenger.close();
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
};

/** A process of the program with one role; `url` is where it answers. */
export type Worker = { url: string; stop: (signal: "SIGTERM" | "SIGKILL") => Promise<void> };

/** Where a process works: its data, its database, its messenger and its city. */
type Place = { dataDir: string; databaseUrl: string; root: string; cityDir: string };

const startWorker = async ({ dataDir, databaseUrl, root, cityDir }: Place, role: Role): Promise<Worker> => {
  const main = join(import.meta.dirname, "../src/main.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    cwd: dataDir,
    env: {
      ...{ PATH: process.env["PATH"], PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "info", ROLES: role },
      ...{ BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: root, DATABASE_URL: databaseUrl },
      CITY_DIR: cityDir,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      const started = /"url":"([^"]+)".*"msg":"started"/.exec(chunk.toString());
      if (started?.[1] !== undefined) resolve(started[1]);
    });
    child.once("close", () => reject(new Error("A worker ended before it started")));
  });
  return {
    url,
    stop: async (signal) => {
      child.kill(signal);
      await once(child, "close");
    },
  };
};

const addResidents = async (store: Store, chats: number): Promise<void> => {
  const createdAt = new Date();
  for (let from = 0; from < chats; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, chats - from) }, (_, i) => ({
      ...{ telegramId: FIRST_CHAT + from + i, name: "Житель", locale: "ru", createdAt },
    }));
    await store.db.insert(residents).values(rows);
  }
};

/** Copies of one report until there are so many, numbered on from it; `differs` are pairs of column and value, in which `n` is the number. */
export const copyReport = async (store: Store, id: number, size: number, differs: SQL): Promise<void> => {
  for (let have = id; have < size;) {
    const until = Math.min(size, have + 20_000);
    await store.db.execute(
      sql`insert into reports overriding system value
          select copy.* from reports one, generate_series(${have + 1}::int, ${until}::int) n,
            lateral jsonb_populate_record(one, jsonb_build_object(
              'id', n, 'draft_id', gen_random_uuid(), ${differs}
            )) copy
          where one.id = ${id}`,
    );
    have = until;
  }
  // Or the database would do it by itself while something is measured.
  await store.db.execute(sql`vacuum (analyze) reports`);
  await store.db.execute(sql`checkpoint`);
};

/** Something to tell each of these chats, in one transaction; `key` names it. */
export const addNotices = (store: Store, key: string, chats: readonly number[], reportId: number): Promise<void> =>
  store.db.transaction(async (tx) => {
    const now = new Date();
    // In small parts: the messenger lives in this process, and must not be kept from answering.
    for (let from = 0; from < chats.length; from += 100) {
      const rows = chats.slice(from, from + 100).map((chatId) => ({
        ...{ dedupeKey: `${key}:${chatId}`, chatId, residentId: null, reportId, kind: KIND },
        ...{ params: { originalId: 1 }, createdAt: now, dueAt: now },
      }));
      await tx.insert(notices).values(rows);
    }
    await store.wakeChats(tx, chats);
  });

/** Resolves as soon as this holds; throws when patience is over. */
export const until = async (reached: () => boolean, patienceMs: number): Promise<void> => {
  const end = performance.now() + patienceMs;
  while (!reached()) {
    if (performance.now() > end) throw new Error("The notices did not arrive");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

/** A copy of the demo city whose bot talks at this rate. */
const copyCity = async (cityDir: string, noticesPerSecond: number): Promise<void> => {
  await cp(join(import.meta.dirname, "../cities/kuntsevo"), cityDir, { recursive: true });
  const file = join(cityDir, "city.yaml");
  const written = await readFile(file, "utf8");
  const changed = written.replace("\nlimits: { ", `\nlimits: { noticesPerSecond: ${noticesPerSecond}, `);
  if (changed === written) throw new Error("The demo city has no limits to change");
  await writeFile(file, changed);
};

/** What a stage is made of: so many people who know the bot, reports to tell of, and the bot's rate. */
type Stage = { chats: number; reports: number; noticesPerSecond?: number };

/** Everything a bench of delivery runs on; gone when disposed. */
export const startStage = async ({ chats, reports, noticesPerSecond = 28 }: Stage) => {
  await using begun = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), "otklik-bench-"));
  begun.defer(() => rm(dir, { recursive: true, force: true }));
  const cityDir = join(dir, "city");
  await copyCity(cityDir, noticesPerSecond);
  const server = await startPostgres();
  begun.defer(() => server.stop());
  const store = await openStore({ kind: "postgres", url: server.url }, createLog("error"), { jobs: false });
  begun.defer(() => store.close());
  const messenger = await startMessenger(join(dir, "messenger"), chats);
  begun.defer(messenger.close);
  await addResidents(store, chats);
  const numbers: number[] = [];
  for (let i = 0; i < reports; i += 1) numbers.push((await aReport(store.db, 1)).id);
  const running = begun.move();
  return {
    store,
    /** Telegram ids of everybody. */
    chatIds: Array.from({ length: chats }, (_, i) => FIRST_CHAT + i),
    /** Numbers of the reports, growing. */
    numbers: numbers.toSorted((a, b) => a - b),
    sent: messenger.sent,
    refused: messenger.refused,
    startWorker: (role: Role = "jobs") =>
      startWorker({ dataDir: dir, databaseUrl: server.url, root: messenger.root, cityDir }, role),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};
