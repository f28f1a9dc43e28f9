import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { telegramPace } from "../../../src/local-telegram/index.ts";
import { botClients } from "../../support/bot-clients.ts";
import type { Outcome } from "../../support/bot-clients.ts";
import { editor, editors, neighbour, resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";
import { aJpeg } from "../../support/pictures.ts";

const tooMany = (seconds: number): Outcome => ({
  ok: false,
  code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  retryAfter: seconds,
});

describe.each(botClients)("a bot that talks too fast through $name", (client) => {
  let telegram: RunningTelegram;
  let now: Date;

  const pass = (seconds: number): void => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const call = (method: string, payload: object): Promise<Outcome> =>
    client.call(telegram.root, telegram.token, method, payload);
  const send = (chatId: number, text = "x"): Promise<Outcome> => call("sendMessage", { chat_id: chatId, text });
  const sendMany = async (chatId: number, count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) expect(await send(chatId)).toHaveProperty("ok", true);
  };

  beforeEach(async () => {
    now = new Date("2026-04-29T09:00:00Z");
    telegram = await startLocalTelegram({ now: () => now, pace: telegramPace });
    for (const { id } of [resident, neighbour, editor]) {
      await telegram.messenger.act({ do: "text", personId: id, chatId: id, text: "/start" });
    }
  });
  afterEach(() => telegram.close());

  test("may send 20 messages at once to one person, then one a second", async () => {
    await sendMany(resident.id, 20);
    const before = telegram.messenger.messages(resident.id).length;
    expect(await send(resident.id)).toEqual(tooMany(1));
    expect(telegram.messenger.messages(resident.id)).toHaveLength(before);
    pass(1);
    await sendMany(resident.id, 1);
    expect(await send(resident.id)).toEqual(tooMany(1));
    pass(20);
    await sendMany(resident.id, 20);
  });

  test("may send 20 messages within any minute to a group", async () => {
    await sendMany(editors.id, 15);
    pass(50);
    await sendMany(editors.id, 5);
    expect(await send(editors.id)).toEqual(tooMany(10));
    pass(10);
    await sendMany(editors.id, 15);
    expect(await send(editors.id)).toEqual(tooMany(50));
  });

  test("may send 30 messages a second to everybody together", async () => {
    await sendMany(resident.id, 15);
    await sendMany(neighbour.id, 15);
    expect(await send(editor.id)).toEqual(tooMany(1));
    pass(1);
    await sendMany(editor.id, 1);
  });

  test("may send more for Stars, whatever it sends, and rewrites nothing for them", async () => {
    await sendMany(resident.id, 15);
    await sendMany(neighbour.id, 15);
    const free = { chat_id: editor.id, text: "x" };
    const paid = { ...free, allow_paid_broadcast: true };
    const sent = await call("sendMessage", paid);
    const { message_id } = (sent.ok ? sent.result : {}) as { message_id: number };
    const photo = client.file(await aJpeg(100, 100), "a.jpg");
    const shown = await call("sendPhoto", { chat_id: editor.id, photo, allow_paid_broadcast: true });
    const { photo: sizes } = (shown.ok ? shown.result : {}) as { photo: { file_id: string }[] };
    const media = Array.from({ length: 2 }, () => ({ type: "photo", media: sizes[0]?.file_id }));
    const album = { chat_id: editor.id, media, allow_paid_broadcast: true };
    expect(await call("sendMediaGroup", album)).toHaveProperty("ok", true);
    expect(await call("sendMessage", free)).toEqual(tooMany(1));
    const edit = { chat_id: editor.id, message_id, text: "y", allow_paid_broadcast: true };
    expect(await call("editMessageText", edit)).toMatchObject({ ok: false });
  });

  test("has each photo of an album counted, and each edit", async () => {
    const photo = client.file(await aJpeg(100, 100), "a.jpg");
    const sent = await call("sendPhoto", { chat_id: editors.id, photo });
    const { message_id, photo: sizes } = (sent.ok ? sent.result : {}) as {
      message_id: number;
      photo: { file_id: string }[];
    };
    const media = Array.from({ length: 10 }, () => ({ type: "photo", media: sizes[0]?.file_id }));
    expect(await call("sendMediaGroup", { chat_id: editors.id, media })).toHaveProperty("ok", true);
    expect(await call("sendMediaGroup", { chat_id: editors.id, media })).toEqual(tooMany(60));
    await sendMany(editors.id, 8);
    const edit = (caption: string) => call("editMessageCaption", { chat_id: editors.id, message_id, caption });
    expect(await edit("раз")).toHaveProperty("ok", true);
    expect(await edit("два")).toEqual(tooMany(60));
  });

  test("may always answer a press and show that it is typing", async () => {
    const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
    const asked = await call("sendMessage", { chat_id: resident.id, text: "?", reply_markup: keyboard });
    const { message_id: messageId } = (asked.ok ? asked.result : {}) as { message_id: number };
    await sendMany(resident.id, 19);
    const pressed = await telegram.messenger.act({
      do: "press",
      personId: resident.id,
      chatId: resident.id,
      messageId,
      data: "yes",
    });
    const query = { callback_query_id: pressed.ok ? pressed.queryId : "" };
    expect(await call("answerCallbackQuery", query)).toHaveProperty("ok", true);
    expect(await call("sendChatAction", { chat_id: resident.id, action: "typing" })).toHaveProperty("ok", true);
  });

  test("has a minute to answer a press, once, and 200 letters for it", async () => {
    const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
    const asked = await call("sendMessage", { chat_id: resident.id, text: "?", reply_markup: keyboard });
    const { message_id: messageId } = (asked.ok ? asked.result : {}) as { message_id: number };
    const press = async (): Promise<string> => {
      const result = await telegram.messenger.act({
        do: "press",
        personId: resident.id,
        chatId: resident.id,
        messageId,
        data: "yes",
      });
      return result.ok ? (result.queryId ?? "") : "";
    };
    const answer = (id: string, text: string) => call("answerCallbackQuery", { callback_query_id: id, text });
    const tooOld = "Bad Request: query is too old and response timeout expired or query ID is invalid";

    const id = await press();
    expect(await answer(id, "я".repeat(201))).toMatchObject({ description: "Bad Request: MESSAGE_TOO_LONG" });
    expect(await answer(id, "я".repeat(200))).toHaveProperty("ok", true);
    expect(await answer(id, "ещё раз")).toMatchObject({ code: 400, description: tooOld });

    const late = await press();
    pass(61);
    expect(await answer(late, "поздно")).toMatchObject({ code: 400, description: tooOld });
  });

  test("finds a press in its updates for 150 seconds, a message for a day", async () => {
    const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
    const asked = await call("sendMessage", { chat_id: resident.id, text: "?", reply_markup: keyboard });
    const { message_id: messageId } = (asked.ok ? asked.result : {}) as { message_id: number };
    await telegram.messenger.act({ do: "press", personId: resident.id, chatId: resident.id, messageId, data: "yes" });
    const kinds = async (): Promise<string[]> => {
      const outcome = await call("getUpdates", {});
      const updates = (outcome.ok ? outcome.result : []) as object[];
      return [...new Set(updates.flatMap((update) => Object.keys(update).filter((key) => key !== "update_id")))];
    };
    pass(150);
    expect(await kinds()).toEqual(["my_chat_member", "message", "callback_query"]);
    pass(1);
    expect(await kinds()).toEqual(["my_chat_member", "message"]);
    pass(86_400);
    expect(await kinds()).toEqual([]);
  });

  test("may delete what is at most 48 hours old, and anything in its group", async () => {
    const sent = await send(resident.id);
    const inGroup = await send(editors.id);
    const idOf = (outcome: Outcome) => ((outcome.ok ? outcome.result : {}) as { message_id: number }).message_id;
    pass(48 * 3600 + 1);
    expect(await call("deleteMessage", { chat_id: resident.id, message_id: idOf(sent) })).toMatchObject({
      description: "Bad Request: message can't be deleted for everyone",
    });
    expect(await call("deleteMessage", { chat_id: editors.id, message_id: idOf(inGroup) })).toHaveProperty("ok", true);
  });
});
