import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { botClients } from "../../support/bot-clients.ts";
import type { Outcome } from "../../support/bot-clients.ts";
import { editor, neighbour, resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";
import { aJpeg } from "../../support/pictures.ts";

const people = { adminIds: [editor.id], subscriberIds: [resident.id] };
const city = { id: -1002000000001, title: "Город", username: "city_news", ...people };
const muted = {
  id: -1002000000002,
  title: "Тихий",
  ...people,
  bot: { mayPost: false, mayEdit: true, mayDelete: true },
};
const foreign = { id: -1002000000003, title: "Чужой", username: "foreign", ...people, bot: null };
const hidden = { id: -1002000000004, title: "Закрытый", ...people, bot: null };
const careful = { id: -1002000000005, title: "Без удаления", ...people };

describe.each(botClients)("a bot in a channel through $name", (client) => {
  let telegram: RunningTelegram;
  let now: Date;
  const call = (method: string, payload: object): Promise<Outcome> =>
    client.call(telegram.root, telegram.token, method, payload);
  const refusal = async (method: string, payload: object): Promise<string> => {
    const outcome = await call(method, payload);
    if (outcome.ok) throw new Error(`${method} was not refused`);
    return `${outcome.code} ${outcome.description}`;
  };
  const result = async (method: string, payload: object): Promise<Record<string, unknown>> => {
    const outcome = await call(method, payload);
    if (!outcome.ok) throw new Error(outcome.description);
    return outcome.result as Record<string, unknown>;
  };

  beforeEach(async () => {
    now = new Date("2026-04-29T09:00:00Z");
    const channels = [
      ...[city, muted, foreign, hidden],
      { ...careful, bot: { mayPost: true, mayEdit: false, mayDelete: false } },
    ];
    telegram = await startLocalTelegram({ now: () => now, calendar: () => now, channels });
  });
  afterEach(() => telegram.close());

  test("speaks in the channel's name, and is nobody there", async () => {
    const sent = await result("sendMessage", { chat_id: "@City_News", text: "Новости" });
    const chat = { id: city.id, type: "channel", title: "Город", username: "city_news" };
    expect(sent).toMatchObject({ chat, sender_chat: chat, text: "Новости" });
    expect(sent).not.toHaveProperty("from");
  });

  test("posts albums and rewrites what stands below them, at any age", async () => {
    const jpeg = client.file(await aJpeg(40, 30), "photo.jpg");
    const photo = await result("sendPhoto", { chat_id: city.id, photo: jpeg, caption: "раз" });
    const fileId = (photo["photo"] as { file_id: string }[]).at(-1)?.file_id ?? "";
    const media = ["два", undefined].map((caption) => ({ type: "photo", media: fileId, caption }));
    const album = (await result("sendMediaGroup", { chat_id: city.id, media })) as unknown as { message_id: number }[];
    now = new Date("2026-06-01T09:00:00Z");
    const first = { chat_id: city.id, message_id: album[0]?.message_id };
    expect(await result("editMessageCaption", { ...first, caption: "три" })).toMatchObject({ caption: "три" });
    expect(await refusal("editMessageText", { ...first, text: "x" })).toBe(
      "400 Bad Request: there is no text in the message to edit",
    );
    const ids = album.map(({ message_id: id }) => id);
    expect(await result("deleteMessages", { chat_id: city.id, message_ids: ids })).toBe(true);
    expect(telegram.messenger.messages(city.id)).toHaveLength(1);
  });

  test("without the right to delete takes back only what it said in the last two days", async () => {
    const { message_id: messageId } = await result("sendMessage", { chat_id: careful.id, text: "x" });
    const said = { chat_id: careful.id, message_id: messageId };
    expect(await result("editMessageText", { ...said, text: "y" })).toMatchObject({ text: "y" });
    now = new Date("2026-05-02T09:00:00Z");
    expect(await refusal("deleteMessage", said)).toBe("400 Bad Request: message can't be deleted for everyone");
  });

  test("rewrites what an admin posted only with the right to", async () => {
    const ids: number[] = [];
    for (const { id } of [city, careful]) {
      const posted = await telegram.messenger.act({ do: "text", personId: editor.id, chatId: id, text: "от редакции" });
      if (!posted.ok) throw new Error(posted.description);
      ids.push(posted.messageIds[0] ?? 0);
    }
    const [open, closed] = ids;
    expect(await call("editMessageText", { chat_id: city.id, message_id: open, text: "y" })).toHaveProperty("ok", true);
    expect(await refusal("editMessageText", { chat_id: careful.id, message_id: closed, text: "y" })).toBe(
      "400 Bad Request: message can't be edited",
    );
  });

  test("is told why it cannot post", async () => {
    const post = (id: number): Promise<string> => refusal("sendMessage", { chat_id: id, text: "x" });
    expect(await post(muted.id)).toBe("400 Bad Request: need administrator rights in the channel chat");
    expect(await post(foreign.id)).toBe("403 Forbidden: bot is not a member of the channel chat");
    expect(await post(hidden.id)).toBe("403 Forbidden: bot is not a member of the channel chat");
    const keyboard = { keyboard: [[{ text: "x" }]] };
    expect(await refusal("sendMessage", { chat_id: city.id, text: "x", reply_markup: keyboard })).toBe(
      "400 Bad Request: inline keyboard expected",
    );
  });

  test("sees who administers a channel only where it does itself", async () => {
    const member = (id: number, userId: number) => result("getChatMember", { chat_id: id, user_id: userId });
    expect(await member(city.id, editor.id)).toMatchObject({ status: "creator" });
    expect(await member(city.id, resident.id)).toMatchObject({ status: "member" });
    expect(await member(city.id, neighbour.id)).toMatchObject({ status: "left" });
    expect(await member(muted.id, 700100200)).toMatchObject({ status: "administrator", can_post_messages: false });
    expect(await result("getChat", { chat_id: "@foreign" })).toMatchObject({ id: foreign.id, type: "channel" });
    expect(await refusal("getChatMember", { chat_id: foreign.id, user_id: editor.id })).toBe(
      "400 Bad Request: member list is inaccessible",
    );
    expect(await refusal("getChat", { chat_id: hidden.id })).toBe(
      "403 Forbidden: bot is not a member of the channel chat",
    );
  });

  test("hears a post of the channel without learning whose it is", async () => {
    await telegram.messenger.act({ do: "text", personId: editor.id, chatId: city.id, text: "от редакции" });
    const updates = (await result("getUpdates", { timeout: 0 })) as unknown as Record<string, object>[];
    const [post] = updates.flatMap((update) => update["channel_post"] ?? []);
    expect(post).toMatchObject({ text: "от редакции", chat: { type: "channel" }, sender_chat: { id: city.id } });
    expect(post).not.toHaveProperty("from");
  });

  test("a subscriber reads and does not write", async () => {
    const written = { do: "text", personId: resident.id, chatId: city.id, text: "я тоже" } as const;
    expect(await telegram.messenger.act(written)).toEqual({ ok: false, description: "CHAT_WRITE_FORBIDDEN" });
  });
});
