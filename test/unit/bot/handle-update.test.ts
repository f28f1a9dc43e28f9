import { Bot, GrammyError } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import { expect, test } from "vitest";
import { AnswerLater } from "../../../src/bot/answer-later.ts";
import type { BotContext } from "../../../src/bot/context.ts";
import { createHandle } from "../../../src/bot/handle-update.ts";
import { createWebhook } from "../../../src/bot/webhook.ts";
import { loadI18n } from "../../../src/i18n/i18n.ts";
import { createLog } from "../../../src/log.ts";

const botInfo = { id: 1, is_bot: true, first_name: "Отклик", username: "otklik_bot" } as UserFromGetMe;
const from = { id: 2001, is_bot: false, first_name: "Emma", language_code: "en" };
const chat = { id: 2001, type: "private", first_name: "Emma" } as const;
const message: Update = { update_id: 7, message: { message_id: 1, date: 0, chat, from, text: "Привет" } };
const press: Update = { update_id: 8, callback_query: { id: "11", from, chat_instance: "1", data: "g:moon" } };

const i18n = await loadI18n("locales");

/** A bot whose handler fails as told; what it would have called Telegram for is written down. */
const aBot = (fail: () => unknown, { database = true }: { database?: boolean } = {}) => {
  const called: { method: string; payload: object }[] = [];
  const logged: string[] = [];
  const bot = new Bot<BotContext>("1:token", { botInfo });
  bot.api.config.use((_prev, method, payload) => {
    called.push({ method, payload });
    return Promise.resolve({ ok: true, result: true } as never);
  });
  bot.use(() => {
    const failure = fail();
    if (failure !== undefined) throw failure;
  });
  const store = { ready: async () => ({ database, migrations: database }) };
  const log = createLog("debug", { write: (line) => logged.push(line) });
  return { handle: createHandle({ bot, store, i18n, log, wait: (failures) => failures }), called, logged };
};

test("an update that fails three times is given up with an apology in the person's language", async () => {
  const { handle, called, logged } = aBot(() => new Error("poison"));
  expect(await handle(message)).toEqual({ kind: "again", afterMs: 1 });
  expect(await handle(message)).toEqual({ kind: "again", afterMs: 2 });
  expect(await handle(message)).toEqual({ kind: "done", reply: null });
  expect(called).toEqual([
    {
      method: "sendMessage",
      payload: expect.objectContaining({ chat_id: 2001, text: expect.stringMatching(/^Something broke/) }),
    },
  ]);
  expect(logged.join("")).toContain("update given up");
  expect(logged.join("")).not.toMatch(/Привет|Emma/);
});

test("a press that is given up is answered, so that it does not spin for ever", async () => {
  const { handle, called } = aBot(() => new Error("poison"));
  for (let count = 0; count < 3; count += 1) await handle(press);
  expect(called).toEqual([
    { method: "answerCallbackQuery", payload: expect.objectContaining({ callback_query_id: "11", show_alert: true }) },
  ]);
});

test("while the database is away an update waits as long as it takes, and then counts from the beginning", async () => {
  let failure: unknown = new Error("connection refused");
  const { handle, called } = aBot(() => failure, { database: false });
  for (let count = 1; count <= 20; count += 1) {
    expect(await handle(message)).toEqual({ kind: "again", afterMs: count });
  }
  failure = undefined;
  expect(await handle(message)).toEqual({ kind: "done", reply: null });
  expect(called).toEqual([]);
});

test("when Telegram asks to wait, the update comes again after that and is never given up for it", async () => {
  const busy = new GrammyError(
    "Too many",
    { ok: false, error_code: 429, description: "Too Many Requests", parameters: { retry_after: 3 } },
    "sendMessage",
    {},
  );
  const { handle } = aBot(() => busy);
  for (let count = 0; count < 5; count += 1) expect(await handle(message)).toEqual({ kind: "again", afterMs: 3000 });
  const later = aBot(() => new AnswerLater(250));
  expect(await later.handle(message)).toEqual({ kind: "again", afterMs: 250 });
});

test("a webhook answers 200 for what is done, 500 for what has to come again, 400 for what is no update", async () => {
  expect(await createWebhook(aBot(() => undefined).handle)(message)).toEqual({ status: 200, body: null });
  expect(await createWebhook(aBot(() => new Error("poison")).handle)(message)).toEqual({ status: 500, body: null });
  for (const json of [null, [], {}, { update_id: "7" }]) {
    expect(await createWebhook(aBot(() => undefined).handle)(json)).toEqual({ status: 400, body: null });
  }
});
