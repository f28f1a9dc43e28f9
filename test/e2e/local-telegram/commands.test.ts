import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { botClients } from "../../support/bot-clients.ts";
import { editor, editors, neighbour, resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";

describe.each(botClients)("the command menu, set through $name", (client) => {
  let telegram: RunningTelegram;

  const call = async (method: string, payload: object): Promise<unknown> => {
    const outcome = await client.call(telegram.root, telegram.token, method, payload);
    if (!outcome.ok) throw new Error(`${method}: ${outcome.description}`);
    return outcome.result;
  };
  const set = (command: string, place: object = {}) =>
    call("setMyCommands", { commands: [{ command, description: command }], ...place });
  const menu = async (chatId: number, personId: number): Promise<string[]> => {
    const response = await fetch(`${telegram.root}/chat/api/commands?chat=${chatId}&person=${personId}`);
    const { commands } = (await response.json()) as { commands: { command: string }[] };
    return commands.map(({ command }) => command);
  };

  beforeAll(async () => {
    telegram = await startLocalTelegram();
    await set("everybody");
    await set("everybody_ru", { language_code: "ru" });
    await set("private", { scope: { type: "all_private_chats" } });
    await set("editor", { scope: { type: "chat", chat_id: editor.id } });
    await set("group_ru", { scope: { type: "all_group_chats" }, language_code: "ru" });
    await set("admins", { scope: { type: "chat_administrators", chat_id: editors.id } });
  });
  afterAll(() => telegram.close());

  test("is the narrowest list set, before any wider one in the person's language", async () => {
    expect(await menu(resident.id, resident.id)).toEqual(["private"]);
    expect(await menu(editor.id, editor.id)).toEqual(["editor"]);
    expect(await menu(editors.id, resident.id)).toEqual(["group_ru"]);
    expect(await menu(editors.id, editor.id)).toEqual(["admins"]);
  });

  test("is the member's own list before that of the admins", async () => {
    const scope = { type: "chat_member", chat_id: editors.id, user_id: editor.id };
    await set("vera", { scope });
    expect(await menu(editors.id, editor.id)).toEqual(["vera"]);
    await call("deleteMyCommands", { scope });
    expect(await menu(editors.id, editor.id)).toEqual(["admins"]);
  });

  test("falls back to everybody's, the person's language first", async () => {
    await call("deleteMyCommands", { scope: { type: "all_private_chats" } });
    expect(await menu(resident.id, resident.id)).toEqual(["everybody_ru"]);
    expect(await menu(neighbour.id, neighbour.id)).toEqual(["everybody"]);
  });

  test("is read back for exactly the scope and language it was set for", async () => {
    const stored = await call("getMyCommands", { language_code: "ru" });
    expect(stored).toEqual([{ command: "everybody_ru", description: "everybody_ru" }]);
    expect(await call("getMyCommands", { language_code: "en" })).toEqual([]);
  });
});
