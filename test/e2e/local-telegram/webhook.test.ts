import type { Message, Update, WebhookInfo } from "grammy/types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { botClients } from "../../support/bot-clients.ts";
import { createInbox } from "../../support/inbox.ts";
import type { Inbox } from "../../support/inbox.ts";
import { neighbour, resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";
import { startReceiver } from "../../support/webhook-receiver.ts";
import type { WebhookReceiver } from "../../support/webhook-receiver.ts";

const secret = "a-secret_1";
const json = { "content-type": "application/json" };

/** A request of the messenger, to be answered when the test wants. */
type Delivery = { update: Update; text: string; headers: Headers; answer: (response: Response) => void };

describe("a webhook", () => {
  let telegram: RunningTelegram;
  let receiver: WebhookReceiver;
  let inbox: Inbox<Delivery>;

  const call = async (method: string, payload: object = {}): Promise<unknown> => {
    const url = `${telegram.root}/bot${telegram.token}/${method}`;
    const response = await fetch(url, { method: "POST", headers: json, body: JSON.stringify(payload) });
    return ((await response.json()) as { result: unknown }).result;
  };
  const info = async (): Promise<WebhookInfo> => (await call("getWebhookInfo")) as WebhookInfo;
  const say = (person: { id: number }, text: string) =>
    telegram.messenger.act({ do: "text", personId: person.id, chatId: person.id, text });
  const deliveredTexts = (): string[] => inbox.items.map(({ text }) => text);
  const ok = (): Response => new Response();

  beforeEach(async () => {
    telegram = await startLocalTelegram({ groups: [] });
    inbox = createInbox();
    receiver = await startReceiver(async (request) => {
      const update = (await request.json()) as Update;
      const { promise, resolve } = Promise.withResolvers<Response>();
      const text = update.message?.text ?? update.edited_message?.text ?? "";
      inbox.add({ update, text, headers: request.headers, answer: resolve });
      return promise;
    });
    await call("setWebhook", { url: receiver.url, secret_token: secret });
  });
  afterEach(async () => {
    await telegram.close();
    for (const { answer } of inbox.items) answer(ok());
    await receiver.close();
  });

  test("gets each update as JSON, with the secret it asked for", async () => {
    await say(resident, "Здравствуйте");
    const [delivery] = await inbox.until(1);
    expect(delivery?.headers.get("x-telegram-bot-api-secret-token")).toBe(secret);
    expect(delivery?.update.message).toMatchObject({ text: "Здравствуйте", from: { id: resident.id } });
  });

  test("gets one update of a chat at a time, and other chats beside it", async () => {
    await say(resident, "раз");
    await say(resident, "два");
    await say(neighbour, "one");
    await inbox.until(2);
    expect(deliveredTexts()).toEqual(["раз", "one"]);
    inbox.items[0]?.answer(ok());
    await inbox.until(3);
    expect(deliveredTexts()).toEqual(["раз", "one", "два"]);
  });

  test("gets a press beside a message of the same chat, and one person's presses in turn, as on Telegram", async () => {
    await say(resident, "/start");
    const [first] = await inbox.until(1);
    const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
    const asked = (await call("sendMessage", { chat_id: resident.id, text: "?", reply_markup: keyboard })) as Message;
    const press = (data: string) =>
      telegram.messenger.act({
        do: "press",
        personId: resident.id,
        chatId: resident.id,
        messageId: asked.message_id,
        data,
      });
    await press("раз");
    await press("два");
    const deliveries = await inbox.until(2);
    expect(deliveries[1]?.update.callback_query?.data).toBe("раз");
    await say(neighbour, "one");
    await inbox.until(3);
    deliveries[1]?.answer(ok());
    await inbox.until(4);
    expect(inbox.items.map(({ update, text }) => update.callback_query?.data ?? text)).toEqual([
      "/start",
      "раз",
      "one",
      "два",
    ]);
    first?.answer(ok());
  });

  test("is left alone for as long as it asks by Retry-After", async () => {
    await say(resident, "раз");
    const [delivery] = await inbox.until(1);
    const failedAt = performance.now();
    delivery?.answer(new Response(null, { status: 503, headers: { "retry-after": "1" } }));
    await inbox.until(2);
    expect(performance.now() - failedAt).toBeGreaterThanOrEqual(990);
  });

  test("gets no more at once than max_connections", async () => {
    await call("setWebhook", { url: receiver.url, max_connections: 1 });
    await say(resident, "раз");
    await say(neighbour, "one");
    const [first] = await inbox.until(1);
    expect((await info()).pending_update_count).toBe(2);
    expect(deliveredTexts()).toEqual(["раз"]);
    first?.answer(ok());
    await inbox.until(2);
    expect(deliveredTexts()).toEqual(["раз", "one"]);
  });

  test("gets an update again after an error, before anything later of that chat", async () => {
    await say(resident, "раз");
    await say(resident, "два");
    for (let failures = 1; failures <= 3; failures += 1) {
      const deliveries = await inbox.until(failures);
      deliveries[failures - 1]?.answer(new Response("no", { status: 500 }));
    }
    const again = await inbox.until(4);
    expect(await info()).toMatchObject({
      pending_update_count: 2,
      last_error_message: "Wrong response from the webhook: 500 Internal Server Error",
    });
    again[3]?.answer(ok());
    await inbox.until(5);
    expect(deliveredTexts()).toEqual(["раз", "раз", "раз", "раз", "два"]);
    expect(new Set(inbox.items.slice(0, 4).map(({ update }) => update.update_id)).size).toBe(1);
  });

  test("gets what waited while it was down, in order, after the messenger started again", async () => {
    await say(resident, "раз");
    await say(resident, "два");
    await inbox.until(1);
    await telegram.stop();
    const restarted = await startLocalTelegram({ groups: [], dir: telegram.dir });
    telegram = restarted;
    const deliveries = await inbox.until(2);
    deliveries[1]?.answer(ok());
    await inbox.until(3);
    expect(deliveredTexts()).toEqual(["раз", "раз", "два"]);
  });

  test.each([
    ["JSON", (fields: Record<string, string>) => Response.json(fields)],
    ["a form", (fields: Record<string, string>) => new Response(new URLSearchParams(fields))],
    [
      "multipart",
      (fields: Record<string, string>) => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.set(name, value);
        return new Response(form);
      },
    ],
  ])("may call a method by answering with it as %s", async (_, toResponse) => {
    const after = telegram.messenger.lastEventId();
    await say(resident, "/start");
    const [delivery] = await inbox.until(1);
    delivery?.answer(toResponse({ method: "sendMessage", chat_id: String(resident.id), text: "Здравствуйте" }));
    const event = await telegram.messenger.waitFor(
      (candidate) => candidate.type === "message" && candidate.message.from?.is_bot === true,
      { after },
    );
    expect(event).toMatchObject({ message: { text: "Здравствуйте" } });
    expect((await info()).pending_update_count).toBe(0);
  });

  test("is not asked again when the method it answered with is refused", async () => {
    await say(resident, "раз");
    await say(resident, "два");
    const [delivery] = await inbox.until(1);
    delivery?.answer(Response.json({ method: "sendMessage", chat_id: resident.id, text: "" }));
    await inbox.until(2);
    expect(deliveredTexts()).toEqual(["раз", "два"]);
  });

  test("cannot unset itself by an answer", async () => {
    await say(resident, "раз");
    await say(resident, "два");
    const [delivery] = await inbox.until(1);
    delivery?.answer(Response.json({ method: "deleteWebhook" }));
    await inbox.until(2);
    expect((await info()).url).toBe(receiver.url);
  });

  test("set with drop_pending_updates hears nothing of what waited", async () => {
    await call("deleteWebhook");
    await say(resident, "старое");
    await call("setWebhook", { url: receiver.url, drop_pending_updates: true });
    await say(resident, "новое");
    await inbox.until(1);
    expect(deliveredTexts()).toEqual(["новое"]);
  });

  test("is described as it was set", async () => {
    await call("setWebhook", { url: receiver.url, max_connections: 7, allowed_updates: ["message", "callback_query"] });
    expect(await info()).toEqual({
      url: receiver.url,
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 7,
      allowed_updates: ["message", "callback_query"],
    });
    await call("deleteWebhook");
    expect((await info()).url).toBe("");
  });
});

describe.each(botClients)("a webhook served by $name", (client) => {
  test("answers a person, and only to who knows the secret", async () => {
    await using telegram = await startLocalTelegram();
    const bot = client.bot(telegram.root, telegram.token, async ({ message }, reply) => {
      if (message) await reply("sendMessage", { chat_id: message.chat.id, text: `Вы сказали: ${message.text}` });
    });
    const handle = bot.webhook(secret);
    const receiver = await startReceiver(handle);
    await client.call(telegram.root, telegram.token, "setWebhook", { url: receiver.url, secret_token: secret });
    const after = telegram.messenger.lastEventId();
    await telegram.messenger.act({ do: "text", personId: resident.id, chatId: resident.id, text: "яма" });
    const event = await telegram.messenger.waitFor(
      (candidate) => candidate.type === "message" && candidate.message.from?.is_bot === true,
      { after },
    );
    expect(event).toMatchObject({ message: { text: "Вы сказали: яма" } });

    const forged = await handle(new Request(receiver.url, { method: "POST", headers: json, body: "{}" }));
    expect(forged.ok).toBe(false);
    await telegram.stop();
    await receiver.close();
  });
});
