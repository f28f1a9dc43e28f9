import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { ServerType } from "@hono/node-server";
import { openLocalTelegram } from "../../src/local-telegram/index.ts";
import type { LocalTelegram, LocalTelegramSettings, Pace } from "../../src/local-telegram/index.ts";

/** No limits and no waiting between deliveries: for tests that are about something else. */
const hurried: Partial<Pace> = {
  perSecond: Infinity,
  chatBurst: Infinity,
  groupPerMinute: Infinity,
  redeliverySeconds: () => 0,
};

/** People and groups a test can do without naming its own. */
export const resident = { id: 1001, firstName: "Анна", languageCode: "ru", caption: { ru: "житель", en: "resident" } };
export const neighbour = {
  id: 1002,
  firstName: "Boris",
  languageCode: "en",
  caption: { ru: "сосед", en: "neighbour" },
};
export const editor = {
  id: 1003,
  firstName: "Вера",
  lastName: "Орлова",
  username: "vera_orlova",
  languageCode: "ru",
  caption: { ru: "редактор", en: "editor" },
};
export const editors = { id: -1001000000001, title: "Модерация", memberIds: [1001, 1003], adminIds: [1003] };

/** A running messenger: `root` for TELEGRAM_API_ROOT, `token` for BOT_TOKEN. */
export type RunningTelegram = {
  root: string;
  token: string;
  dir: string;
  messenger: LocalTelegram;
  /** Stops it and leaves its files, so that it can be started again over `dir`. */
  stop: () => Promise<void>;
  /** Stops it and removes its files. */
  close: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

const listen = (messenger: LocalTelegram): Promise<{ server: ServerType; port: number }> =>
  new Promise((resolve) => {
    const server = serve({ fetch: messenger.app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({ server, port }),
    );
  });

const shut = (server: ServerType): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    if ("closeAllConnections" in server) server.closeAllConnections();
  });

/** Starts a messenger on a free port; without `dir` in a temporary folder, without `pace` in a hurry. */
export const startLocalTelegram = async (changes: Partial<LocalTelegramSettings> = {}): Promise<RunningTelegram> => {
  const dir = changes.dir ?? (await mkdtemp(join(tmpdir(), "local-telegram-")));
  const settings: LocalTelegramSettings = {
    token: "700100200:local-token-for-tests",
    bot: { id: 700100200, username: "otklik_test_bot", firstName: "Отклик" },
    people: [resident, neighbour, editor],
    groups: [editors],
    map: { districts: [], streets: [], center: [37.4, 55.73] },
    pace: hurried,
    ...changes,
    dir,
  };
  const messenger = await openLocalTelegram(settings);
  const { server, port } = await listen(messenger);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= messenger.close().then(() => shut(server));
    return stopped;
  };
  const close = async (): Promise<void> => {
    await stop();
    await rm(dir, { recursive: true, force: true });
  };
  return {
    root: `http://127.0.0.1:${port}`,
    token: settings.token,
    dir,
    messenger,
    stop,
    close,
    [Symbol.asyncDispose]: close,
  };
};
