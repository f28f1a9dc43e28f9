import { join } from "node:path";
import { start, type Running, type StartOptions } from "../../src/main.ts";
import type { LocalTelegram } from "../../src/local-telegram/index.ts";
import type { Settings } from "../../src/settings.ts";
import type { Store } from "../../src/store/open.ts";
import type { Bucket } from "../../src/store/photo-bucket.ts";
import type { RunningTelegram } from "./local-telegram.ts";
import { freshFolder } from "./program.ts";
import { freshDatabase, quietLog } from "./store.ts";

/** The whole program in this process, with the messenger it brings along. */
export type WholeProgram = Omit<Running, "messenger"> & {
  messenger: LocalTelegram;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** The whole program in this process, on what plays Telegram for it. */
export type ProgramOnTelegram = Running & { [Symbol.asyncDispose]: () => Promise<void> };

type Changes = Partial<Pick<Settings, "telegram" | "photoBucket">>;

const startOn = async (kind: Store["kind"], changes: Changes, options: StartOptions): Promise<ProgramOnTelegram> => {
  const { database, remove } = await freshDatabase(kind);
  const running = await start(
    {
      telegram: { mode: "local" },
      database,
      publicUrl: null,
      dataDir: await freshFolder(),
      photoBucket: null,
      host: "127.0.0.1",
      port: 0,
      roles: new Set(["bot", "web", "jobs"]),
      cityDir: join(import.meta.dirname, "../../cities/kuntsevo"),
      adminIds: [],
      logLevel: "error",
      ...changes,
    },
    quietLog,
    options,
  );
  return {
    ...running,
    [Symbol.asyncDispose]: async () => {
      await running.stop();
      await remove();
    },
  };
};

/** Starts it on a database of its own; `now` is the city's time, real unless given, and photos are in a folder unless they have a bucket. */
export const startWholeProgram = async (
  kind: Store["kind"],
  now?: () => Date,
  photoBucket: Bucket | null = null,
): Promise<WholeProgram> => {
  const program = await startOn(kind, { photoBucket }, now === undefined ? {} : { now });
  const { messenger } = program;
  if (messenger === null) throw new Error("local mode brings its messenger along");
  return { ...program, messenger };
};

/** Starts it with a token and a database of its own, as it talks to Telegram. */
export const startOnTelegram = (
  kind: Store["kind"],
  { token, root }: Pick<RunningTelegram, "token" | "root">,
): Promise<ProgramOnTelegram> => startOn(kind, { telegram: { mode: "polling", token, apiRoot: root } }, {});
