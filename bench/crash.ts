/**
 * What a crash costs: two processes deliver, one of them is killed at a random moment, again and again. Nothing may be lost; a message may
 * come twice where a process died between the messenger's yes and our mark. `npm run bench -- crash [kills] [notices]`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { addNotices, startStage, until } from "./support.ts";

const EACH = 10;
const LONGEST_LIFE_MS = 2_000;
/** A dead process's chats are free again after pg-boss has missed its heartbeat. */
const PATIENCE_MS = 10 * 60_000;

/** Runs it and prints the figures; exits with 1 when anything was lost. */
export const bench = async (args: readonly string[]): Promise<void> => {
  const [kills = 200, count = 10_000] = args.map(Number);
  const chats = Math.ceil(count / EACH);
  await using stage = await startStage({ chats, reports: EACH });
  const { store, sent, chatIds, numbers } = stage;
  for (const number of numbers) await addNotices(store, `crash${number}`, chatIds, number);

  let left = kills;
  const liveAndDie = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const worker = await stage.startWorker();
      await sleep(Math.random() * LONGEST_LIFE_MS);
      await worker.stop("SIGKILL");
    }
  };
  await Promise.all([liveAndDie(), liveAndDie()]);
  const before = new Set(sent.map(({ chatId, number }) => `${chatId}:${number}`)).size;
  const last = await stage.startWorker();
  const told = new Set<string>();
  let read = 0;
  const isAll = (): boolean => {
    for (; read < sent.length; read += 1) told.add(`${sent[read]?.chatId}:${sent[read]?.number}`);
    return told.size >= chats * EACH;
  };
  await until(isAll, PATIENCE_MS).catch(() => undefined);
  await last.stop("SIGTERM");
  const lost = chats * EACH - told.size;
  process.stdout.write(
    `kills ${kills}, notices ${chats * EACH}, told while dying ${before}; lost ${lost}, repeated ${sent.length - told.size}\n`,
  );
  if (lost > 0) process.exitCode = 1;
};
