import type { Update } from "grammy/types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { botClients } from "../../support/bot-clients.ts";
import type { TestBot } from "../../support/bot-clients.ts";
import { createInbox } from "../../support/inbox.ts";
import type { Inbox } from "../../support/inbox.ts";
import { editor, editors, resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";
import { aJpeg } from "../../support/pictures.ts";

const me = { personId: resident.id, chatId: resident.id };

describe.each(botClients)("a bot that polls through $name", (client) => {
  let telegram: RunningTelegram;
  let inbox: Inbox<Update>;
  let bot: TestBot;

  const act = async (
    action: Parameters<RunningTelegram["messenger"]["act"]>[0],
    files?: Map<string, { name: string; bytes: Uint8Array }>,
  ) => {
    const result = await telegram.messenger.act(action, files);
    if (!result.ok) throw new Error(result.description);
    return result;
  };

  beforeEach(async () => {
    telegram = await startLocalTelegram({ groups: [] });
    inbox = createInbox();
    bot = client.bot(telegram.root, telegram.token, async (update, reply) => {
      inbox.add(update);
      const { message, callback_query: query } = update;
      if (message?.text === "/start") {
        const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
        await reply("sendMessage", { chat_id: message.chat.id, text: "Начнём?", reply_markup: keyboard });
      }
      if (query?.message) {
        await reply("answerCallbackQuery", { callback_query_id: query.id, text: "Принято" });
        const { message_id, chat } = query.message;
        await reply("editMessageText", { chat_id: chat.id, message_id, text: "Начали" });
      }
    });
    await bot.poll();
  });
  afterEach(async () => {
    await bot.stop();
    await telegram.close();
  });

  test("hears a command, asks, hears the press, answers it and edits the question", async () => {
    const { messenger } = telegram;
    const after = messenger.lastEventId();
    await act({ do: "text", ...me, text: "/start" });
    const asked = await messenger.waitFor((event) => event.type === "message" && event.message.from?.is_bot === true, {
      after,
    });
    const messageId = "message" in asked ? asked.message.message_id : 0;
    const { queryId } = await act({ do: "press", ...me, messageId, data: "yes" });
    const answered = await messenger.waitFor(({ type }) => type === "answered", { after });
    expect(answered).toEqual({
      type: "answered",
      chatId: resident.id,
      personId: resident.id,
      queryId,
      text: "Принято",
      alert: false,
    });
    const edited = await messenger.waitFor(({ type }) => type === "edited", { after });
    expect(edited).toMatchObject({ message: { message_id: messageId, text: "Начали" } });

    const [command, press] = await inbox.until(2);
    expect(command?.message).toMatchObject({
      text: "/start",
      from: { id: resident.id, is_bot: false, language_code: "ru" },
      entities: [{ type: "bot_command", offset: 0, length: 6 }],
    });
    expect(press?.callback_query).toMatchObject({
      id: queryId,
      data: "yes",
      from: { id: resident.id },
      message: { message_id: messageId, text: "Начнём?" },
      chat_instance: expect.stringMatching(/^-?\d+$/) as string,
    });
  });

  test("hears an album as separate updates with one id, numbered without gaps", async () => {
    const files = new Map([
      ["file0", { name: "a.jpg", bytes: await aJpeg() }],
      ["file1", { name: "b.jpg", bytes: await aJpeg(400, 300) }],
    ]);
    await act({ do: "photos", ...me, photos: [{ upload: "file0" }, { upload: "file1" }], caption: "яма" }, files);
    const [first, second] = await inbox.until(2);
    expect(first?.message).toMatchObject({ caption: "яма", media_group_id: second?.message?.media_group_id });
    expect(second?.message).not.toHaveProperty("caption");
    expect(second?.message?.photo?.at(-1)).toMatchObject({ width: 400, height: 300 });
    expect((second?.update_id ?? 0) - (first?.update_id ?? 0)).toBe(1);
  });

  test("hears every kind of message a person can send", async () => {
    const picture = new Map([["file0", { name: "a.jpg", bytes: await aJpeg() }]]);
    await act({ do: "document", ...me, file: { upload: "file0" } }, picture);
    await act({ do: "location", ...me, lat: 55.73, lon: 37.4, livePeriod: 900 });
    await act({ do: "location", ...me, lat: 55.73, lon: 37.4, title: "Школа", address: "Молдавская, 2" });
    await act({ do: "contact", ...me, phone: "+79000000000" });
    for (const kind of ["voice", "sticker", "video", "poll"] as const) await act({ do: "other", ...me, kind });
    const messages = (await inbox.until(8)).map(({ message }) => message);
    expect(messages[0]?.document).toMatchObject({ mime_type: "image/jpeg", file_name: "a.jpg" });
    expect(messages[1]?.location).toEqual({ latitude: 55.73, longitude: 37.4, live_period: 900 });
    expect(messages[2]?.venue).toMatchObject({ title: "Школа" });
    expect(messages[3]?.contact).toMatchObject({ user_id: resident.id, phone_number: "+79000000000" });
    for (const kind of ["voice", "sticker", "video", "poll"])
      expect(messages.some((message) => message && kind in message)).toBe(true);
  });

  test("hears of an edit, of a reply, of being stopped and let back in", async () => {
    const { messageIds } = await act({ do: "text", ...me, text: "Яма" });
    const messageId = messageIds[0] ?? 0;
    await act({ do: "edit", ...me, messageId, text: "Яма у дома" });
    await act({ do: "text", ...me, text: "ещё", replyTo: messageId });
    await act({ do: "block", personId: resident.id });
    await act({ do: "unblock", personId: resident.id });
    const [, edit, reply, stopped, back] = await inbox.until(5);
    expect(edit?.edited_message).toMatchObject({ message_id: messageId, text: "Яма у дома" });
    expect(reply?.message?.reply_to_message).toMatchObject({ message_id: messageId, text: "Яма у дома" });
    expect(stopped?.my_chat_member?.new_chat_member.status).toBe("kicked");
    expect(back?.my_chat_member?.new_chat_member.status).toBe("member");
  });
});

describe.each(botClients)("getUpdates through $name", (client) => {
  let telegram: RunningTelegram;

  const poll = async (payload: object = {}): Promise<Update[]> => {
    const outcome = await client.call(telegram.root, telegram.token, "getUpdates", payload);
    if (!outcome.ok) throw new Error(outcome.description);
    return outcome.result as Update[];
  };
  const say = (text: string) => telegram.messenger.act({ do: "text", ...me, text });

  beforeEach(async () => {
    telegram = await startLocalTelegram();
  });
  afterEach(() => telegram.close());

  test("tells of the groups the bot was made an administrator of, once", async () => {
    const [joined] = await poll();
    expect(joined?.my_chat_member).toMatchObject({
      chat: { id: editors.id, type: "supergroup", title: "Модерация" },
      from: { id: editor.id },
      old_chat_member: { status: "left" },
      new_chat_member: { status: "administrator", can_pin_messages: true },
    });
  });

  test("gives the same updates until they are confirmed by the offset", async () => {
    await say("раз");
    await say("два");
    const first = await poll();
    expect(await poll()).toEqual(first);
    const last = first.at(-1)?.update_id ?? 0;
    expect((await poll({ offset: last })).map(({ message }) => message?.text)).toEqual(["два"]);
    expect(await poll({ offset: last + 1 })).toEqual([]);
    expect(await poll()).toEqual([]);
  });

  test("gives no more than the limit, and by a negative offset only the newest", async () => {
    for (const text of ["раз", "два", "три"]) await say(text);
    expect(await poll({ limit: 2 })).toHaveLength(2);
    expect((await poll({ offset: -1 })).map(({ message }) => message?.text)).toEqual(["три"]);
    expect(await poll()).toHaveLength(1);
  });

  test("remembers what the bot wants to hear of, from then on", async () => {
    const [joined] = await poll({ allowed_updates: ["edited_message"] });
    const said = await say("раз");
    const messageId = said.ok ? (said.messageIds[0] ?? 0) : 0;
    await telegram.messenger.act({ do: "edit", ...me, messageId, text: "два" });
    const updates = await poll({ offset: (joined?.update_id ?? 0) + 1 });
    expect(updates.map((update) => update.edited_message?.text)).toEqual(["два"]);
  });

  test("waits for the first update and answers with it", async () => {
    const [joined] = await poll();
    const waiting = poll({ offset: (joined?.update_id ?? 0) + 1, timeout: 20 });
    await say("наконец");
    expect((await waiting).map(({ message }) => message?.text)).toEqual(["наконец"]);
  });

  test("is refused to the first of two pollers", async () => {
    const [joined] = await poll();
    const offset = (joined?.update_id ?? 0) + 1;
    const first = client.call(telegram.root, telegram.token, "getUpdates", { offset, timeout: 20 });
    await expect.poll(() => telegram.messenger.isPolled()).toBe(true);
    const second = poll({ offset, timeout: 20 });
    expect(await first).toMatchObject({
      code: 409,
      description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    });
    await say("второму");
    expect(await second).toHaveLength(1);
  });

  test("is refused while there is a webhook, and ends when one is set", async () => {
    const [joined] = await poll();
    const waiting = client.call(telegram.root, telegram.token, "getUpdates", {
      offset: (joined?.update_id ?? 0) + 1,
      timeout: 20,
    });
    await expect.poll(() => telegram.messenger.isPolled()).toBe(true);
    await client.call(telegram.root, telegram.token, "setWebhook", { url: "http://127.0.0.1:1/" });
    expect(await waiting).toMatchObject({ code: 409, description: "Conflict: terminated by setWebhook request" });
    expect(await client.call(telegram.root, telegram.token, "getUpdates", {})).toMatchObject({
      code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
    await client.call(telegram.root, telegram.token, "deleteWebhook", {});
    expect(await poll()).toEqual([]);
  });
});
