import type { Message } from "grammy/types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { botClients } from "../../support/bot-clients.ts";
import { editor, editors, neighbour, resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";
import { aJpeg } from "../../support/pictures.ts";

const to = { chat_id: resident.id };

describe.each(botClients)("what a bot says through $name", (client) => {
  let telegram: RunningTelegram;

  const call = async <Result = Message>(method: string, payload: object): Promise<Result> => {
    const outcome = await client.call(telegram.root, telegram.token, method, payload);
    if (!outcome.ok) throw new Error(`${method}: ${outcome.description}`);
    return outcome.result as Result;
  };
  const find = (id: number, chatId = resident.id) =>
    telegram.messenger.messages(chatId).find((message) => message.message_id === id);
  const download = async (fileId: string): Promise<Buffer> => {
    const { file_path: path } = await call<{ file_path: string }>("getFile", { file_id: fileId });
    const response = await fetch(`${telegram.root}/file/bot${telegram.token}/${path}`);
    return Buffer.from(await response.arrayBuffer());
  };

  beforeAll(async () => {
    telegram = await startLocalTelegram();
    await telegram.messenger.act({ do: "text", personId: resident.id, chatId: resident.id, text: "/start" });
  });
  afterAll(() => telegram.close());

  test("arrives in the chat as it was answered to the bot", async () => {
    const sent = await call("sendMessage", { ...to, text: "Здравствуйте" });
    expect(sent).toMatchObject({
      text: "Здравствуйте",
      from: { is_bot: true },
      chat: { id: resident.id, type: "private" },
    });
    expect(find(sent.message_id)).toEqual(sent);
  });

  test("loses white space around it, and its entities move along", async () => {
    const sent = await call("sendMessage", {
      ...to,
      text: "  Яма 🕳 тут \n",
      entities: [
        { type: "bold", offset: 2, length: 3 },
        { type: "italic", offset: 9, length: 9 - 5 },
      ],
    });
    expect(sent.text).toBe("Яма 🕳 тут");
    expect(sent.entities).toEqual([
      { type: "bold", offset: 0, length: 3 },
      { type: "italic", offset: 7, length: 3 },
    ]);
  });

  test("has its commands, links, mentions, hashtags and addresses found", async () => {
    const text = "/report 5, https://example.org/a?b=1. @vera_orlova #яма mail@example.org";
    const sent = await call("sendMessage", { ...to, text });
    expect(sent.entities?.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)])).toEqual([
      ["bot_command", "/report"],
      ["url", "https://example.org/a?b=1"],
      ["mention", "@vera_orlova"],
      ["hashtag", "#яма"],
      ["email", "mail@example.org"],
    ]);
  });

  test("carries an inline keyboard to the bot, and a reply keyboard to the person only", async () => {
    const inline = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
    const reply = { keyboard: [[{ text: "Моё место", request_location: true }]], resize_keyboard: true };
    expect((await call("sendMessage", { ...to, text: "x", reply_markup: inline })).reply_markup).toEqual(inline);
    const sent = await call("sendMessage", { ...to, text: "x", reply_markup: reply });
    expect(sent.reply_markup).toBeUndefined();
    expect(find(sent.message_id)?.reply_markup).toEqual(reply);
  });

  test("answers a message and shows it inside, one level deep", async () => {
    const first = await call("sendMessage", { ...to, text: "первое" });
    const second = await call("sendMessage", {
      ...to,
      text: "второе",
      reply_parameters: { message_id: first.message_id },
    });
    const third = await call("sendMessage", {
      ...to,
      text: "третье",
      reply_parameters: { message_id: second.message_id },
    });
    expect(third.reply_to_message).toMatchObject({ text: "второе" });
    expect(third.reply_to_message).not.toHaveProperty("reply_to_message");
  });

  test("is sent without a reply when the bot allows that and the message is gone", async () => {
    const reply = { message_id: 9999, allow_sending_without_reply: true };
    const sent = await call("sendMessage", { ...to, text: "x", reply_parameters: reply });
    expect(sent.reply_to_message).toBeUndefined();
  });

  test("as a document keeps every byte, uploaded or sent again by its id", async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 251));
    const sent = await call("sendDocument", { ...to, document: client.file(bytes, "отчёт.bin"), caption: "вот" });
    expect(sent.document).toMatchObject({ file_name: "отчёт.bin", file_size: 70_000 });
    expect((await download(sent.document?.file_id ?? "")).equals(bytes)).toBe(true);
    const again = await call("sendDocument", { ...to, document: sent.document?.file_id });
    expect(again.document?.file_unique_id).toBe(sent.document?.file_unique_id);
  });

  test("as a photo comes in real sizes that can be fetched and sent again", async () => {
    const jpeg = await aJpeg(1600, 1200);
    const sent = await call("sendPhoto", { ...to, photo: client.file(jpeg, "a.jpg") });
    expect(sent.photo?.map(({ width, height }) => [width, height])).toEqual([
      [90, 68],
      [320, 240],
      [1280, 960],
    ]);
    const largest = sent.photo?.at(-1);
    expect(await download(largest?.file_id ?? "")).toHaveLength(largest?.file_size ?? -1);
    const again = await call("sendPhoto", { ...to, photo: sent.photo?.[0]?.file_id });
    expect(again.photo).toEqual(sent.photo);
  });

  test("as an album is one message each under one id, the caption where it was put", async () => {
    const photo = client.file(await aJpeg(), "a.jpg");
    const known = (await call("sendPhoto", { ...to, photo })).photo?.[0]?.file_id;
    const album = await call<Message[]>("sendMediaGroup", {
      ...to,
      media: [
        { type: "photo", media: known, caption: "до" },
        { type: "photo", media: client.file(await aJpeg(), "b.jpg") },
      ],
    });
    expect(album.map(({ caption }) => caption)).toEqual(["до", undefined]);
    expect(new Set(album.map(({ media_group_id: id }) => id))).toHaveProperty("size", 1);
    expect(album[0]?.media_group_id).toMatch(/^\d+$/);
  });

  test("as a place is a location, with a name a venue", async () => {
    const point = { latitude: 55.73, longitude: 37.4 };
    expect((await call("sendLocation", { ...to, ...point })).location).toEqual(point);
    const venue = await call("sendVenue", { ...to, ...point, title: "Школа", address: "Молдавская, 2" });
    expect(venue).toMatchObject({ location: point, venue: { title: "Школа", address: "Молдавская, 2" } });
  });

  test("can be edited: text, keyboard, caption and photo", async () => {
    const inline = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
    const { message_id: id } = await call("sendMessage", { ...to, text: "было", reply_markup: inline });
    const edited = await call("editMessageText", { ...to, message_id: id, text: "стало" });
    expect(edited).toMatchObject({ text: "стало", edit_date: expect.any(Number) as number });
    expect(edited).not.toHaveProperty("reply_markup");
    expect(
      (await call("editMessageReplyMarkup", { ...to, message_id: id, reply_markup: inline })).reply_markup,
    ).toEqual(inline);

    const { message_id: photoId } = await call("sendPhoto", {
      ...to,
      photo: client.file(await aJpeg(), "a.jpg"),
      caption: "до",
    });
    expect(await call("editMessageCaption", { ...to, message_id: photoId, caption: "после" })).toHaveProperty(
      "caption",
      "после",
    );
    const media = { type: "photo", media: client.file(await aJpeg(300, 300), "b.jpg") };
    const changed = await call("editMessageMedia", { ...to, message_id: photoId, media });
    expect(changed.photo?.at(-1)).toMatchObject({ width: 300, height: 300 });
    expect(changed).not.toHaveProperty("caption");
    expect(find(photoId)).toEqual(changed);
  });

  test("can be deleted, one by one or many at once, and its id is not used again", async () => {
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push((await call("sendMessage", { ...to, text: `${n}` })).message_id);
    await call("deleteMessage", { ...to, message_id: ids[0] });
    await call("deleteMessages", { ...to, message_ids: [...ids.slice(1), 9999] });
    expect(ids.map((id) => find(id))).toEqual([undefined, undefined, undefined]);
    expect((await call("sendMessage", { ...to, text: "новое" })).message_id).toBeGreaterThan(Math.max(...ids));
  });

  test("can be pinned and is then part of the chat", async () => {
    const { message_id: id } = await call("sendMessage", { chat_id: editors.id, text: "Очередь" });
    await call("pinChatMessage", { chat_id: editors.id, message_id: id });
    const chat = await call<{ pinned_message?: Message }>("getChat", { chat_id: editors.id });
    expect(chat).toMatchObject({ type: "supergroup", title: "Модерация", pinned_message: { message_id: id } });
    await call("unpinChatMessage", { chat_id: editors.id });
    expect(await call("getChat", { chat_id: editors.id })).not.toHaveProperty("pinned_message");
  });

  test("shows the person that it is typing", async () => {
    const after = telegram.messenger.lastEventId();
    await call("sendChatAction", { ...to, action: "typing" });
    const event = await telegram.messenger.waitFor(({ type }) => type === "typing", { after });
    expect(event).toEqual({ type: "typing", chatId: resident.id, action: "typing" });
  });

  test("is told apart by who is who in a group", async () => {
    const status = async (id: number) =>
      (await call<{ status: string }>("getChatMember", { chat_id: editors.id, user_id: id })).status;
    expect(await status(editor.id)).toBe("creator");
    expect(await status(resident.id)).toBe("member");
    expect(await status(neighbour.id)).toBe("left");
    expect(await status(700100200)).toBe("administrator");
    expect(await call("getChatMemberCount", { chat_id: editors.id })).toBe(3);
    expect(await call<unknown[]>("getChatAdministrators", { chat_id: editors.id })).toHaveLength(2);
  });
});
