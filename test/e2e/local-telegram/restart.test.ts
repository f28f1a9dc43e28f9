import { appendFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Message, Update } from "grammy/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import { botClients } from "../../support/bot-clients.ts";
import { resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";
import { aJpeg } from "../../support/pictures.ts";

const me = { personId: resident.id, chatId: resident.id };
const to = { chat_id: resident.id };

let telegram: RunningTelegram;

const call = async <Result>(method: string, payload: object = {}): Promise<Result> => {
  const [client] = botClients;
  const outcome = await client?.call(telegram.root, telegram.token, method, payload);
  if (!outcome?.ok) throw new Error(outcome?.description);
  return outcome.result as Result;
};
const journal = (): string => join(telegram.dir, "journal.jsonl");
const restart = async (): Promise<void> => {
  await telegram.stop();
  telegram = await startLocalTelegram({ dir: telegram.dir });
};

beforeEach(async () => {
  telegram = await startLocalTelegram();
});
afterEach(() => telegram.close());

test("chats, files, pins and commands are as they were after a restart", async () => {
  const bytes = await aJpeg();
  await telegram.messenger.act(
    { do: "photos", ...me, photos: [{ upload: "file0" }] },
    new Map([["file0", { name: "a.jpg", bytes }]]),
  );
  const reply = { keyboard: [[{ text: "Да" }]] };
  const { message_id } = await call<Message>("sendMessage", { ...to, text: "Ответьте", reply_markup: reply });
  await call("pinChatMessage", { ...to, message_id });
  await call("setMyCommands", { commands: [{ command: "help", description: "Помощь" }] });
  const before = telegram.messenger.messages(resident.id);

  await restart();

  expect(telegram.messenger.messages(resident.id)).toEqual(before);
  expect(await call("getMyCommands")).toEqual([{ command: "help", description: "Помощь" }]);
  expect(await call("getChat", to)).toMatchObject({ pinned_message: { message_id } });
  const photo = before[0]?.photo?.at(-1);
  const { file_path: path } = await call<{ file_path: string }>("getFile", { file_id: photo?.file_id });
  const file = await fetch(`${telegram.root}/file/bot${telegram.token}/${path}`);
  expect((await file.arrayBuffer()).byteLength).toBe(photo?.file_size);
});

test("updates that were not confirmed wait over a restart, and the numbers go on", async () => {
  await telegram.messenger.act({ do: "text", ...me, text: "раз" });
  const before = await call<Update[]>("getUpdates");
  await restart();
  await telegram.messenger.act({ do: "text", ...me, text: "два" });
  const after = await call<Update[]>("getUpdates");
  expect(after.slice(0, -1)).toEqual(before);
  expect(after.at(-1)?.update_id).toBe((before.at(-1)?.update_id ?? 0) + 1);
});

test("updates that were confirmed stay away after a restart", async () => {
  await telegram.messenger.act({ do: "text", ...me, text: "раз" });
  const updates = await call<Update[]>("getUpdates");
  await call("getUpdates", { offset: (updates.at(-1)?.update_id ?? 0) + 1 });
  await restart();
  expect(await call("getUpdates")).toEqual([]);
});

test("the id of a deleted message is not given again after a restart", async () => {
  await telegram.messenger.act({ do: "text", ...me, text: "раз" });
  const { message_id } = await call<Message>("sendMessage", { ...to, text: "лишнее" });
  await call("deleteMessage", { ...to, message_id });
  await restart();
  expect((await call<Message>("sendMessage", { ...to, text: "новое" })).message_id).toBe(message_id + 1);
});

test("a press from before a restart can still be answered, a person who stopped the bot stays away", async () => {
  await telegram.messenger.act({ do: "text", ...me, text: "/start" });
  const keyboard = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
  const { message_id: messageId } = await call<Message>("sendMessage", { ...to, text: "?", reply_markup: keyboard });
  const pressed = await telegram.messenger.act({ do: "press", ...me, messageId, data: "yes" });
  await telegram.messenger.act({ do: "block", personId: resident.id });
  await restart();
  expect(await call("answerCallbackQuery", { callback_query_id: pressed.ok ? pressed.queryId : "" })).toBe(true);
  await expect(call("sendMessage", { ...to, text: "x" })).rejects.toThrow("Forbidden: bot was blocked by the user");
});

test("half a line at the end of the journal, left by a killed process, never happened", async () => {
  await telegram.messenger.act({ do: "text", ...me, text: "раз" });
  await telegram.stop();
  await appendFile(journal(), '{"fact":"message","chatId":10');
  await restart();
  await telegram.messenger.act({ do: "text", ...me, text: "два" });
  await restart();
  expect(telegram.messenger.messages(resident.id).map(({ text }) => text)).toEqual(["раз", "два"]);
});

test("a journal damaged in the middle is refused by its line and nothing is quoted or lost", async () => {
  await telegram.messenger.act({ do: "text", ...me, text: "моя тайна" });
  await telegram.stop();
  const damaged = (await readFile(journal(), "utf8")).replace('"fact":"message"', '"fact":message');
  await writeFile(journal(), damaged);
  await expect(startLocalTelegram({ dir: telegram.dir })).rejects.toThrow(
    /^The messenger's journal is damaged in line \d+$/,
  );
  expect(await readFile(journal(), "utf8")).toBe(damaged);
});

test("the journal grows with what is said, not with restarts or what was confirmed", async () => {
  for (let n = 0; n < 5; n += 1) await telegram.messenger.act({ do: "text", ...me, text: `${n}` });
  const full = (await stat(journal())).size;
  const updates = await call<Update[]>("getUpdates");
  await call("getUpdates", { offset: (updates.at(-1)?.update_id ?? 0) + 1 });
  await restart();
  const { size } = await stat(journal());
  expect(size).toBeLessThan(full);
  await restart();
  expect((await stat(journal())).size).toBe(size);
});
