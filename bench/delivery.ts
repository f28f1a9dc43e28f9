/**
 * How well the delivery uses the rate it is allowed: notices to many chats through the whole program, against a messenger that keeps
 * Telegram's limits. `npm run bench -- delivery [processes] [notices] [chats] [rate]`; the rate is in notices a second.
 */
import { addNotices, startStage, until, type Arrival } from "./support.ts";

const LONE = 100;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** From the commit of a notice to the messenger's yes, in ms, while nothing else is to be told. */
const measureLone = async ({ store, sent, chatIds, numbers }: Awaited<ReturnType<typeof startStage>>) => {
  const took: number[] = [];
  for (const [i, chatId] of chatIds.slice(0, LONE).entries()) {
    const before = sent.length;
    await addNotices(store, `lone${i}`, [chatId], numbers[0] ?? 0);
    const committed = performance.now();
    await until(() => sent.length > before, 30_000);
    took.push((sent.at(-1)?.at ?? Number.NaN) - committed);
  }
  return took.toSorted((a, b) => a - b);
};

/** Messages that told of an earlier report after a later one. */
const countDisorder = (sent: readonly Arrival[]): number => {
  const last = new Map<number, number>();
  let wrong = 0;
  for (const { chatId, number } of sent) {
    if (number <= (last.get(chatId) ?? 0)) wrong += 1;
    last.set(chatId, number);
  }
  return wrong;
};

/** Messages a second, without the burst at the start and the last stragglers. */
const rateOf = (sent: readonly Arrival[]): number => {
  const [from, to] = [Math.floor(sent.length * 0.02), Math.floor(sent.length * 0.98)];
  return (to - from) / (((sent[to]?.at ?? 0) - (sent[from]?.at ?? 0)) / 1000);
};

/** Runs it and prints the figures. */
export const bench = async (args: readonly string[]): Promise<void> => {
  const [processes = 1, count = 20_000, chats = 5_000, noticesPerSecond = 28] = args.map(Number);
  const each = Math.ceil(count / chats);
  await using stage = await startStage({ chats, reports: each + 1, noticesPerSecond });
  const { store, sent, chatIds, numbers } = stage;
  await using workers = new AsyncDisposableStack();
  for (let i = 0; i < processes; i += 1) {
    const worker = await stage.startWorker();
    workers.defer(() => worker.stop("SIGTERM"));
  }
  const lone = await measureLone(stage);
  const before = sent.length;
  for (const number of numbers.slice(1)) await addNotices(store, `all${number}`, chatIds, number);
  await until(() => sent.length - before >= each * chats, count * 100);
  const told = sent.slice(before);
  const rate = rateOf(told);
  process.stdout.write(
    [
      `processes ${processes}, notices ${told.length}, chats ${chats}`,
      `messages a second: ${rate.toFixed(2)}, ${((rate / noticesPerSecond) * 100).toFixed(1)} % of ${noticesPerSecond}`,
      `429s: ${stage.refused()}`,
      `out of order: ${countDisorder(told)}`,
      `a lone notice, ms: p50 ${quantile(lone, 0.5).toFixed(0)}, p99 ${quantile(lone, 0.99).toFixed(0)}`,
      "",
    ].join("\n"),
  );
};
