import { join } from "node:path";
import { start, type Running } from "../../src/main.ts";
import type { LocalTelegram } from "../../src/local-telegram/index.ts";
import type { Store } from "../../src/store/open.ts";
import type { Bucket } from "../../src/store/photo-bucket.ts";
import { freshFolder } from "./program.ts";
import { freshDatabase, quietLog } from "./store.ts";

/** The whole program in this process, with the messenger it brings along. */
export type WholeProgram = Omit<Running, "messenger"> & {
  messenger: LocalTelegram;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** Starts it on a database of its own; `now` is the city's time, real unless given, and photos are in a folder unless they have a bucket. */
export const startWholeProgram = async (
  kind: Store["kind"],
  now?: () => Date,
  photoBucket: Bucket | null = null,
): Promise<WholeProgram> => {
  const { database, remove } = await freshDatabase(kind);
  const running = await start(
    {
      telegram: { mode: "local" },
      database,
      publicUrl: null,
      dataDir: await freshFolder(),
      photoBucket,
      host: "127.0.0.1",
      port: 0,
      roles: new Set(["bot", "web", "jobs"]),
      cityDir: join(import.meta.dirname, "../../cities/kuntsevo"),
      adminIds: [],
      logLevel: "error",
    },
    quietLog,
    now === undefined ? {} : { now },
  );
  const { messenger } = running;
  if (messenger === null) throw new Error("local mode brings its messenger along");
  return {
    ...running,
    messenger,
    [Symbol.asyncDispose]: async () => {
      await running.stop();
      await remove();
    },
  };
};
