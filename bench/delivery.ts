/**
 * How well the delivery uses the rate it is allowed: notices to many chats through the whole program, against a messenger that keeps
 * Telegram's limits. `npm run bench -- delivery [processes] [notices] [chats]`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { openLocalTelegram } from "../src/local-telegram/index.ts";
import { telegramPace } from "../src/local-telegram/settings.ts";
import { createLog } from "../src/log.ts";
import { openStore, type Store } from "../src/store/open.ts";
import { residents } from "../src/store/schema/residents.ts";
import { notices } from "../src/store/schema/notices.ts";
import { startPostgres } from "../test/support/postgres.ts";
import { aReport } from "../test/support/people.ts";

/** What Telegram takes from a bot in a second; the share of it that is used is what counts. */
const TOKEN = "700100200:AAbenchbenchbenchbenchbenchbenchbench";
const FIRST_CHAT = 10_000;
/** A notice that is said anew at any hour, is never folded with others and shows its report's number. */
const KIND = "unmerged";
const LONE = 100;

type Call = { at: number; chatId: number; text: string };

const parse = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Number(text));

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

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
  const sent: Call[] = [];
  let refused = 0;
  const fetch = async (request: Request): Promise<Response> => {
    if (!request.url.endsWith("/sendMessage")) return messenger.app.fetch(request);
    const told = (await request.clone().json()) as { chat_id: number; text: string };
    const response = await messenger.app.fetch(request);
    if (response.status === 429) refused += 1;
    if (response.ok) sent.push({ at: performance.now(), chatId: told.chat_id, text: told.text });
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

/** One more process of the program, which only works in the background. */
const startWorker = async (dataDir: string, databaseUrl: string, root: string) => {
  const main = join(import.meta.dirname, "../src/main.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    cwd: dataDir,
    env: {
      ...{ PATH: process.env["PATH"], PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "info", ROLES: "jobs" },
      ...{ BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: root, DATABASE_URL: databaseUrl },
      CITY_DIR: join(import.meta.dirname, "../cities/kuntsevo"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes('"msg":"started"')) resolve();
    });
    child.once("close", () => reject(new Error("A worker ended before it started")));
  });
  return async (): Promise<void> => {
    child.kill("SIGTERM");
    await once(child, "close");
  };
};

/** Reports of one author, as many as a chat gets notices: their numbers grow in the order in which they must be told. */
const addReports = async (store: Store, count: number): Promise<number[]> => {
  const ids: number[] = [];
  for (let i = 0; i < count; i += 1) ids.push((await aReport(store.db, 1)).id);
  return ids.toSorted((a, b) => a - b);
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

const addNotice = (store: Store, key: string, chats: readonly number[], reportId: number): Promise<void> =>
  store.db.transaction(async (tx) => {
    const now = new Date();
    const rows = chats.map((chatId) => ({
      ...{ dedupeKey: `${key}:${chatId}`, chatId, residentId: null, reportId, kind: KIND },
      ...{ params: { originalId: 1 }, createdAt: now, dueAt: now },
    }));
    await tx.insert(notices).values(rows);
    await store.wakeChats(tx, chats);
  });

const until = async (reached: () => boolean, patienceMs: number): Promise<void> => {
  const end = performance.now() + patienceMs;
  while (!reached()) {
    if (performance.now() > end) throw new Error("The notices did not arrive");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

/** From the commit of a notice to Telegram's yes, while nothing else is to be told. */
const measureLone = async (store: Store, sent: readonly Call[], reportId: number): Promise<number[]> => {
  const took: number[] = [];
  for (let i = 0; i < LONE; i += 1) {
    const before = sent.length;
    await addNotice(store, `lone${i}`, [FIRST_CHAT + i], reportId);
    const committed = performance.now();
    await until(() => sent.length > before, 30_000);
    took.push((sent.at(-1)?.at ?? Number.NaN) - committed);
  }
  return took.toSorted((a, b) => a - b);
};

/** Chats that heard of a later report before an earlier one. */
const countDisorder = (sent: readonly Call[]): number => {
  const last = new Map<number, number>();
  let wrong = 0;
  for (const { chatId, text } of sent) {
    const number = Number(/№ (\d+)/.exec(text)?.[1]);
    if (number <= (last.get(chatId) ?? 0)) wrong += 1;
    last.set(chatId, number);
  }
  return wrong;
};

/** Runs it and prints the figures. */
export const bench = async (args: readonly string[]): Promise<void> => {
  const [processes, count, chats] = [parse(args[0], 1), parse(args[1], 20_000), parse(args[2], 5_000)];
  await using begun = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), "otklik-bench-"));
  begun.defer(() => rm(dir, { recursive: true, force: true }));
  const server = await startPostgres();
  begun.defer(() => server.stop());
  const store = await openStore({ kind: "postgres", url: server.url }, createLog("error"), { jobs: false });
  begun.defer(() => store.close());
  const messenger = await startMessenger(join(dir, "messenger"), chats);
  begun.defer(messenger.close);
  await addResidents(store, chats);
  const each = Math.ceil(count / chats);
  const reportIds = await addReports(store, each + 2);
  for (let i = 0; i < processes; i += 1) {
    begun.defer(await startWorker(dir, server.url, messenger.root));
  }
  const { sent } = messenger;
  const lone = await measureLone(store, sent, reportIds[0] ?? 0);
  const before = sent.length;
  const everybody = Array.from({ length: chats }, (_, i) => FIRST_CHAT + i);
  for (let i = 1; i <= each; i += 1) await addNotice(store, `all${i}`, everybody, reportIds[i] ?? 0);
  await until(() => sent.length - before >= each * chats, (count / 10) * 1000);
  const told = sent.slice(before);
  // The burst at the start and the last stragglers belong to no rate.
  const [first, last] = [told[Math.floor(told.length * 0.02)], told[Math.floor(told.length * 0.98)]];
  const rate = (0.96 * told.length) / (((last?.at ?? 0) - (first?.at ?? 0)) / 1000);
  process.stdout.write(
    [
      `processes ${processes}, notices ${told.length}, chats ${chats}`,
      `messages a second: ${rate.toFixed(2)}`,
      `429s: ${messenger.refused()}`,
      `out of order: ${countDisorder(told)}`,
      `a lone notice, ms: p50 ${quantile(lone, 0.5).toFixed(0)}, p99 ${quantile(lone, 0.99).toFixed(0)}`,
      "",
    ].join("\n"),
  );
};
