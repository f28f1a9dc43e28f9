import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PageAction, PageEvent, World } from "../../../src/local-telegram/page-api.ts";
import { editor, editors, neighbour, resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";
import { aJpeg } from "../../support/pictures.ts";

const me = { personId: resident.id, chatId: resident.id };
const json = { "content-type": "application/json" };

let telegram: RunningTelegram;
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${telegram.root}${path}`, { headers });
const post = (action: unknown, headers: Record<string, string> = {}) =>
  fetch(`${telegram.root}/chat/api/do`, {
    method: "POST",
    headers: { ...json, ...headers },
    body: JSON.stringify(action),
  });
const bot = (method: string, payload: object) =>
  fetch(`${telegram.root}/bot${telegram.token}/${method}`, {
    method: "POST",
    headers: json,
    body: JSON.stringify(payload),
  });

beforeEach(async () => {
  telegram = await startLocalTelegram();
});
afterEach(() => telegram.close());

describe("the chat page", () => {
  test("and its scripts are served, types taken out", async () => {
    const page = await get("/chat");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const [, script] = /<script type="module" src="([^"]+)"/.exec(await page.text()) ?? [];
    const main = await get(script ?? "");
    expect(main.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(await main.text()).not.toMatch(/^import type /m);
  });

  test.each([
    "/chat/assets/nothing.ts",
    "/chat/assets/..%2Findex.ts",
    "/chat/assets/%2e%2e%2findex.ts",
    "/chat/assets/tsconfig.json",
  ])("serves nothing from outside its own folder: %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test("is told the people, the groups and the samples", async () => {
    const world = (await (await get("/chat/api/world?locale=ru")).json()) as World;
    expect(world.people[0]).toEqual({ ...resident, blocked: false });
    expect(world.groups).toEqual([editors]);
    expect(world.bot.username).toBe("otklik_test_bot");
    for (const { id } of world.shelf) {
      const sample = await get(`/chat/api/shelf/${id}`);
      expect(sample.headers.get("content-type")).toBe("image/jpeg");
    }
  });

  test("is given the newest messages of a chat, reply keyboards and the pin among them", async () => {
    for (const text of ["раз", "два", "три"]) await post({ do: "text", ...me, text });
    await bot("sendMessage", { chat_id: resident.id, text: "?", reply_markup: { keyboard: [[{ text: "Да" }]] } });
    await bot("pinChatMessage", { chat_id: resident.id, message_id: 1 });
    const chat = await (await get(`/chat/api/messages?chat=${resident.id}&limit=2`)).json();
    expect(chat).toMatchObject({
      messages: [{ text: "три" }, { text: "?", reply_markup: { keyboard: [[{ text: "Да" }]] } }],
      pinnedMessageId: 1,
    });
  });

  test("sends uploads in one multipart request and shows them again", async () => {
    const form = new FormData();
    const action: PageAction = { do: "photos", ...me, photos: [{ upload: "file0" }], caption: "яма" };
    form.set("action", JSON.stringify(action));
    form.set("file0", new File([new Uint8Array(await aJpeg(200, 100))], "яма во дворе.jpg", { type: "image/jpeg" }));
    const response = await fetch(`${telegram.root}/chat/api/do`, { method: "POST", body: form });
    expect(await response.json()).toEqual({ ok: true, messageIds: [1] });
    const [message] = telegram.messenger.messages(resident.id);
    expect(message).toMatchObject({ caption: "яма", photo: [{ width: 90 }, { width: 200, height: 100 }] });
    const shown = await get(`/chat/api/file/${message?.photo?.at(-1)?.file_id}`);
    expect(shown.headers.get("content-type")).toBe("image/jpeg");
  });

  test("never gets an uploaded page to run: only pictures keep their type", async () => {
    const html = new Map([["file0", { name: "a.html", mime: "text/html", bytes: Buffer.from("<script>1</script>") }]]);
    await telegram.messenger.act({ do: "document", ...me, file: { upload: "file0" } }, html);
    const [message] = telegram.messenger.messages(resident.id);
    const shown = await get(`/chat/api/file/${message?.document?.file_id}`);
    expect(shown.headers.get("content-type")).toBe("application/octet-stream");
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
  });
});

describe("the stream of events", () => {
  const read = async (after: number | string, count: number): Promise<string> => {
    const stop = new AbortController();
    const response = await fetch(`${telegram.root}/chat/api/events?after=${after}`, { signal: stop.signal });
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.split("\n\n").length > count) break;
    }
    stop.abort();
    return text;
  };
  const toEvents = (text: string): PageEvent[] =>
    [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? "") as PageEvent);

  test("replays what came after the given number and goes on live", async () => {
    await post({ do: "text", ...me, text: "раньше" });
    const after = telegram.messenger.lastEventId();
    await post({ do: "text", ...me, text: "пропущено" });
    const reading = read(after, 2);
    await post({ do: "text", ...me, text: "сейчас" });
    const text = await reading;
    expect(toEvents(text)).toMatchObject([{ message: { text: "пропущено" } }, { message: { text: "сейчас" } }]);
    expect(text).toContain(`id: ${after + 1}\n`);
  });

  test("tells a page from before a restart to load everything again", async () => {
    const before = telegram.messenger.lastEventId();
    await telegram.stop();
    telegram = await startLocalTelegram({ dir: telegram.dir });
    expect(await read(before, 1)).toMatch(/^event: reset$/m);
  });
});

describe("another web page in the same browser", () => {
  const host = { host: "127.0.0.1:8080" };
  const request = (path: string, headers: Record<string, string>, method = "GET") =>
    telegram.messenger.app.request(`http://127.0.0.1:8080${path}`, { method, headers });

  test.each([
    ["a foreign origin", { ...host, origin: "https://evil.example" }],
    ["a foreign site", { ...host, "sec-fetch-site": "cross-site" }],
    ["another port of this machine", { ...host, origin: "http://127.0.0.1:9999" }],
    ["a name that was bent to this machine", { host: "evil.example:8080", origin: "http://evil.example:8080" }],
  ])("cannot drive people from %s", async (_, headers) => {
    expect((await request("/chat/api/world", headers)).status).toBe(403);
    expect((await request("/chat/api/do", headers, "POST")).status).toBe(403);
  });

  test("cannot call the Bot API, even with the token", async () => {
    const headers = { ...host, origin: "https://evil.example" };
    expect((await request(`/bot${telegram.token}/getMe`, headers)).status).toBe(403);
  });

  test.each(["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "192.168.1.20:8080"])(
    "does not stand in the way of its own page at %s",
    async (name) => {
      const headers = { host: name, origin: `http://${name}`, "sec-fetch-site": "same-origin" };
      expect((await request("/chat/api/world", headers)).status).toBe(200);
    },
  );

  test("a host the settings name is let in", async () => {
    await using other = await startLocalTelegram({ hosts: ["otklik.example"] });
    const headers = { host: "otklik.example", origin: "https://otklik.example" };
    expect((await other.messenger.app.request("/chat/api/world", { headers })).status).toBe(200);
  });
});

describe("what a person cannot do", () => {
  const refusals: [string, unknown, string][] = [
    ["write as nobody", { do: "text", personId: 5, chatId: resident.id, text: "x" }, "USER_ID_INVALID"],
    ["write into an unknown chat", { do: "text", personId: resident.id, chatId: 5, text: "x" }, "PEER_ID_INVALID"],
    [
      "write in another's private chat",
      { do: "text", personId: neighbour.id, chatId: resident.id, text: "x" },
      "PEER_ID_INVALID",
    ],
    [
      "write in a group as a stranger",
      { do: "text", personId: neighbour.id, chatId: editors.id, text: "x" },
      "USER_NOT_PARTICIPANT",
    ],
    ["write nothing", { do: "text", ...me, text: "" }, "Bad Request: message text is empty"],
    ["write 4097 letters", { do: "text", ...me, text: "я".repeat(4097) }, "Bad Request: message is too long"],
    ["reply to nothing", { do: "text", ...me, text: "x", replyTo: 99 }, "REPLY_MESSAGE_ID_INVALID"],
    ["send no photo", { do: "photos", ...me, photos: [] }, "MULTI_MEDIA_TOO_LONG"],
    ["send what was not uploaded", { do: "photos", ...me, photos: [{ upload: "file0" }] }, "FILE_ID_INVALID"],
    ["stand off the earth", { do: "location", ...me, lat: 91, lon: 0 }, "MEDIA_INVALID"],
    ["press a message that is gone", { do: "press", ...me, messageId: 99, data: "x" }, "MESSAGE_ID_INVALID"],
    ["edit a message that is gone", { do: "edit", ...me, messageId: 99, text: "x" }, "MESSAGE_ID_INVALID"],
    [
      "hide as an admin they are not",
      { do: "text", personId: resident.id, chatId: editors.id, text: "x", anonymous: true },
      "CHAT_ADMIN_REQUIRED",
    ],
    ["do what is not an action", { do: "fly", ...me }, "ACTION_INVALID"],
  ];

  test.each(refusals)("%s", async (_, action, description) => {
    const response = await post(action);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ ok: false, description });
    expect(telegram.messenger.messages(resident.id)).toEqual([]);
    expect(telegram.messenger.messages(editors.id)).toEqual([]);
  });

  test("write to a bot they stopped, until they let it back in", async () => {
    await post({ do: "text", ...me, text: "/start" });
    await post({ do: "block", personId: resident.id });
    expect(await (await post({ do: "text", ...me, text: "x" })).json()).toEqual({
      ok: false,
      description: "YOU_BLOCKED_USER",
    });
    await post({ do: "unblock", personId: resident.id });
    expect((await post({ do: "text", ...me, text: "x" })).status).toBe(200);
  });

  test("edit what somebody else wrote, or change nothing by an edit", async () => {
    await post({ do: "text", personId: editor.id, chatId: editors.id, text: "моё" });
    const edit = { do: "edit", chatId: editors.id, messageId: 1 };
    expect(await (await post({ ...edit, personId: resident.id, text: "чужое" })).json()).toHaveProperty(
      "description",
      "MESSAGE_AUTHOR_REQUIRED",
    );
    expect(await (await post({ ...edit, personId: editor.id, text: "моё" })).json()).toHaveProperty(
      "description",
      "MESSAGE_NOT_MODIFIED",
    );
  });
});

test("an admin of a group can write as the group, and the bot cannot tell who it was", async () => {
  await post({ do: "text", personId: editor.id, chatId: editors.id, text: "/bind", anonymous: true });
  const [message] = telegram.messenger.messages(editors.id);
  expect(message).toMatchObject({
    from: { username: "GroupAnonymousBot", is_bot: true },
    sender_chat: { id: editors.id },
  });
  expect(JSON.stringify(message)).not.toContain(editor.username);
});
