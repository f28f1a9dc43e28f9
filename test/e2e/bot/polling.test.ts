import { Bot } from "grammy";
import type { Update } from "grammy/types";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BotContext } from "../../../src/bot/context.ts";
import type { Handle } from "../../../src/bot/handle-update.ts";
import { createPolling } from "../../../src/bot/polling.ts";
import { createInbox } from "../../support/inbox.ts";
import { neighbour, resident, startLocalTelegram, type RunningTelegram } from "../../support/local-telegram.ts";
import { quietLog } from "../../support/store.ts";

let telegram: RunningTelegram;
let aborts: AbortController[];

beforeEach(async () => {
  telegram = await startLocalTelegram({ groups: [] });
  aborts = [];
});
afterEach(async () => {
  for (const abort of aborts) abort.abort();
  await telegram.close();
});

/** A process that polls; `stop` asks it to end, and what it does with an update is up to the test. */
const aProcess = (handle: Handle) => {
  const bot = new Bot<BotContext>(telegram.token, { client: { apiRoot: telegram.root } });
  const abort = new AbortController();
  aborts.push(abort);
  const ended = createPolling({ bot, handle, log: quietLog }).run(abort.signal);
  return {
    stop: async (): Promise<void> => {
      abort.abort();
      await ended;
    },
    /** It dies: nothing in hand is ever finished. */
    kill: (): void => {
      ended.catch(() => undefined);
      abort.abort();
    },
  };
};

const write = (personId: number, text: string) =>
  telegram.messenger.act({ do: "text", personId, chatId: personId, text });
const textOf = (update: Update): string => update.message?.text ?? "";
const done = { kind: "done", reply: null } as const;

/** Handles what it is told to at once, and holds the rest until `release`. */
const aHandle = (holds: (text: string) => boolean) => {
  const begun = createInbox<string>();
  const finished: string[] = [];
  const gate = Promise.withResolvers<void>();
  const handle: Handle = async (update) => {
    begun.add(textOf(update));
    if (holds(textOf(update))) await gate.promise;
    finished.push(textOf(update));
    return done;
  };
  return { handle, begun, finished, release: gate.resolve };
};

test("an update whose process died while handling it comes to the next one, and what was finished before does not", async () => {
  const first = aHandle((text) => text === "два");
  const dying = aProcess(first.handle);
  await write(resident.id, "раз");
  await first.begun.until(1);
  await write(resident.id, "два");
  await first.begun.until(2);
  const { api } = new Bot(telegram.token, { client: { apiRoot: telegram.root } });
  await vi.waitFor(async () => expect((await api.getWebhookInfo()).pending_update_count).toBe(1));
  dying.kill();

  const second = aHandle(() => false);
  const next = aProcess(second.handle);
  await second.begun.until(1);
  await write(resident.id, "три");
  expect(await second.begun.until(2)).toEqual(["два", "три"]);
  await next.stop();
});

test("a chat that takes long holds up nobody else, and its own next message waits for it", async () => {
  const slow = aHandle((text) => text === "долго");
  const process = aProcess(slow.handle);
  await write(resident.id, "долго");
  await write(resident.id, "потом");
  await slow.begun.until(1);
  await write(neighbour.id, "быстро");
  expect(await slow.begun.until(2)).toEqual(["долго", "быстро"]);
  slow.release();
  expect(await slow.begun.until(3)).toEqual(["долго", "быстро", "потом"]);
  await process.stop();
});

test("a stop waits for the update in hand and acknowledges it, and leaves what it has not begun", async () => {
  const held = aHandle((text) => text === "в работе");
  const process = aProcess(held.handle);
  await write(resident.id, "в работе");
  await write(resident.id, "не начато");
  await held.begun.until(1);
  const stopped = process.stop();
  held.release();
  await stopped;
  expect(held.finished).toEqual(["в работе"]);

  const after = aHandle(() => false);
  const next = aProcess(after.handle);
  expect(await after.begun.until(1)).toEqual(["не начато"]);
  await next.stop();
});

test("an update that has to come again is handled again, before the chat's next one", async () => {
  const tried = createInbox<string>();
  const process = aProcess(async (update) => {
    tried.add(textOf(update));
    return tried.items.length < 3 ? { kind: "again", afterMs: 5 } : done;
  });
  await write(resident.id, "раз");
  await write(resident.id, "два");
  expect(await tried.until(4)).toEqual(["раз", "раз", "раз", "два"]);
  await process.stop();
});
