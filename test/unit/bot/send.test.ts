import { FormattedString } from "@grammyjs/parse-mode";
import { Api, HttpError, InputFile } from "grammy";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSend } from "../../../src/bot/send.ts";
import { fit, TEXT_UNITS } from "../../../src/bot/fit.ts";
import type { OutMessage, Picture } from "../../../src/notices/message.ts";
import type { Sent } from "../../../src/notices/send.ts";

type Answer = { error_code: number; description: string; parameters?: object } | "network" | "ok";

/** An API that answers as told and then with yes; message ids are counted from 1. */
const anApi = (...answers: Answer[]) => {
  const calls: { method: string; payload: Record<string, unknown> }[] = [];
  let messageId = 0;
  const api = new Api("1:x");
  api.config.use((_call, method, payload) => {
    calls.push({ method, payload });
    const answer = answers.shift() ?? "ok";
    if (answer === "network") throw new HttpError("no network", new Error("no network"));
    if (answer !== "ok") return Promise.resolve({ ok: false, ...answer });
    const album = (payload as { media?: unknown[] }).media;
    const result = album ? album.map(() => ({ message_id: (messageId += 1) })) : { message_id: (messageId += 1) };
    return Promise.resolve({ ok: true, result: result as never });
  });
  const copies = new Map<string, Uint8Array>();
  const away = new Error("the store is away");
  const send = createSend(api, {
    readPhoto: (name) => (name === "away.jpg" ? Promise.reject(away) : Promise.resolve(copies.get(name) ?? null)),
  });
  return {
    calls,
    copies,
    away,
    methods: () => calls.map(({ method }) => method),
    say: (message: Partial<OutMessage> = {}) =>
      send({ chatId: 7, message: { text: new FormattedString("Да"), ...message } }),
    edit: (whenGone: "send" | "nothing", message: Partial<OutMessage> = {}) =>
      send({ chatId: 7, message: { text: new FormattedString("Да"), ...message }, edit: { messageId: 50, whenGone } }),
  };
};

const photos = (count: number, kind: "photo" | "document" = "photo"): Picture[] =>
  Array.from({ length: count }, (_, index) => ({ fileId: `${kind}${index}`, kind }));

describe("a message", () => {
  test("carries its entities, its buttons as packed acts, and no link preview", async () => {
    const api = anApi();
    const act = { kind: "report", act: "accept", reportId: 123, version: 4, option: "housing" } as const;
    const buttons = [[{ label: "Да", act }], [{ label: "Карта", url: "https://example.org" }]];
    expect(await api.say({ text: FormattedString.bold("<3 & *_["), buttons })).toEqual({ kind: "sent", messageId: 1 });
    expect(api.calls[0]).toEqual({
      method: "sendMessage",
      payload: {
        chat_id: 7,
        text: "<3 & *_[",
        entities: [{ type: "bold", offset: 0, length: 8 }],
        link_preview_options: { is_disabled: true },
        reply_markup: expect.objectContaining({
          inline_keyboard: [
            [{ text: "Да", callback_data: "r:accept:3f:4:housing" }],
            [{ text: "Карта", url: "https://example.org" }],
          ],
        }),
      },
    });
  });

  test.each([
    [photos(1), ["sendPhoto", "sendMessage"]],
    [photos(5), ["sendMediaGroup", "sendMessage"]],
    [photos(1, "document"), ["sendDocument", "sendMessage"]],
    [photos(3, "document"), ["sendMediaGroup", "sendMessage"]],
    [
      [...photos(2), ...photos(2, "document")],
      ["sendMediaGroup", "sendMediaGroup", "sendMessage"],
    ],
  ])("with pictures sends them first and replies to the first of them", async (pictures, methods) => {
    const api = anApi();
    const sent = await api.say({ photos: pictures });
    expect(api.methods()).toEqual(methods);
    expect(api.calls.at(-1)?.payload["reply_parameters"]).toEqual({ message_id: 1, allow_sending_without_reply: true });
    // A reply to any of the pictures is a reply, too.
    const pictureIds = pictures.map((_, index) => index + 1);
    expect(sent).toEqual({ kind: "sent", messageId: pictures.length + 1, pictureIds });
  });

  test("sends a picture from the web as our own copy, and without it when that is gone", async () => {
    const api = anApi();
    api.copies.set("a1.jpg", new Uint8Array([1, 2, 3]));
    await api.say({ photos: [{ storedAs: "a1", kind: "own" }] });
    expect(api.methods()).toEqual(["sendPhoto", "sendMessage"]);
    expect(api.calls[0]?.payload["photo"]).toBeInstanceOf(InputFile);
    await api.say({ photos: [{ storedAs: "b2", kind: "own" }] });
    expect(api.methods().slice(2)).toEqual(["sendMessage"]);
  });

  test("says so where pictures cannot be read, and sends nothing", async () => {
    const api = anApi();
    const sent = await api.say({ photos: [...photos(1), { storedAs: "away", kind: "own" }] });
    expect(sent).toEqual({ kind: "pictures_away", cause: api.away });
    expect(api.methods()).toEqual([]);
  });

  test("of which the buttons cannot be made fails before its pictures are out", async () => {
    const api = anApi();
    const act = { kind: "report", act: "accept", reportId: 123, version: 4, option: "х".repeat(64) } as const;
    await expect(api.say({ photos: photos(2), buttons: [[{ label: "Да", act }]] })).rejects.toThrow();
    expect(api.methods()).toEqual([]);
  });

  test("that is edited keeps its pictures and loses its buttons when it has none any more", async () => {
    const api = anApi();
    expect(await api.edit("nothing", { photos: photos(2), buttons: [] })).toEqual({ kind: "sent", messageId: 50 });
    expect(api.methods()).toEqual(["editMessageText"]);
    expect(api.calls[0]?.payload).not.toHaveProperty("reply_markup");
  });
});

test("what rings nobody arrives without a sound, and what is rewritten makes none anyway", async () => {
  const api = anApi({ error_code: 400, description: "Bad Request: message to edit not found", parameters: {} });
  await api.edit("send", { isQuiet: true });
  await api.say();
  expect(api.calls.map(({ payload }) => "disable_notification" in payload)).toEqual([false, true, false]);
});

describe("what Telegram answers", () => {
  const bad = (description: string, parameters = {}) => ({ error_code: 400, description, parameters });
  test.each<[Answer, Sent]>([
    [
      { error_code: 429, description: "Too Many Requests", parameters: { retry_after: 17 } },
      { kind: "retry", afterSeconds: 17 },
    ],
    ["network", { kind: "retry", afterSeconds: null }],
    [
      { error_code: 502, description: "Bad Gateway" },
      { kind: "retry", afterSeconds: null },
    ],
    [
      { error_code: 403, description: "Forbidden: bot was blocked by the user" },
      { kind: "gone", reason: "blocked", words: "Forbidden: bot was blocked by the user" },
    ],
    [bad("Bad Request: chat not found"), { kind: "gone", reason: "no_chat", words: "Bad Request: chat not found" }],
    [
      bad("Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: -1002 }),
      { kind: "migrated", chatId: -1002 },
    ],
    [bad("Bad Request: wrong file identifier"), { kind: "refused", words: "Bad Request: wrong file identifier" }],
  ])("%j becomes a value", async (answer, sent) => {
    expect(await anApi(answer).say()).toEqual(sent);
    expect(await anApi(answer).edit("send")).toEqual(sent);
  });

  test.each([
    ...["need administrator rights in the channel chat", "not enough rights to send text messages to the chat"],
    ...["have no rights to send a message", "have no write access to the chat", "CHAT_WRITE_FORBIDDEN"],
  ])("%s: nothing can be said there", async (words) => {
    expect(await anApi(bad(`Bad Request: ${words}`)).say()).toMatchObject({ kind: "gone", reason: "no_chat" });
  });

  test.each(["photos", "documents"])("no rights to send %s: this message will not do, another may", async (what) => {
    const api = anApi(bad(`Bad Request: not enough rights to send ${what} to the chat`));
    expect(await api.say()).toMatchObject({ kind: "refused" });
  });

  test("a bug of ours is an exception, not an outage", async () => {
    const act = { kind: "go", to: "x".repeat(80) } as const;
    await expect(anApi().say({ buttons: [[{ label: "Да", act }]] })).rejects.toThrow("64 bytes");
  });

  test("an edit that changes nothing is fine", async () => {
    const api = anApi(bad("Bad Request: message is not modified: specified new message content is the same"));
    expect(await api.edit("send")).toEqual({ kind: "sent", messageId: 50 });
  });

  test.each(["Bad Request: message to edit not found", "Bad Request: message can't be edited"])(
    "%s: said anew, or left, as was asked",
    async (description) => {
      const anew = anApi(bad(description));
      expect(await anew.edit("send")).toEqual({ kind: "sent", messageId: 1 });
      expect(anew.methods()).toEqual(["editMessageText", "sendMessage"]);
      const left = anApi(bad(description));
      expect(await left.edit("nothing")).toEqual({ kind: "missing" });
      expect(left.methods()).toEqual(["editMessageText"]);
    },
  );
});

describe("once the album is out", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each<[Answer, number]>([
    [{ error_code: 429, description: "Too Many Requests", parameters: { retry_after: 3 } }, 3000],
    ["network", 1000],
  ])("its text is waited for, so that it is not sent twice (%j)", async (answer, waitedMs) => {
    const api = anApi("ok", answer);
    const sent = api.say({ photos: photos(2) });
    await vi.advanceTimersByTimeAsync(waitedMs);
    expect(await sent).toEqual({ kind: "sent", messageId: 3, pictureIds: [1, 2] });
    expect(api.methods()).toEqual(["sendMediaGroup", "sendMessage", "sendMessage"]);
  });

  test("but not for longer than somebody stops the program", async () => {
    const api = anApi("ok", { error_code: 429, description: "Too Many Requests", parameters: { retry_after: 30 } });
    expect(await api.say({ photos: photos(2) })).toEqual({ kind: "retry", afterSeconds: 30 });
  });
});

describe("a text that is too long", () => {
  test("is cut at Telegram's limit with its entities whole", async () => {
    const api = anApi();
    const long = FormattedString.bold("б".repeat(4000)).concat(FormattedString.italic("и".repeat(4000)));
    await api.say({ text: long });
    const payload = api.calls[0]?.payload;
    expect(payload?.["text"]).toHaveLength(TEXT_UNITS);
    expect(payload?.["text"]).toMatch(/и…$/);
    expect(payload?.["entities"]).toEqual([
      { type: "bold", offset: 0, length: 4000 },
      { type: "italic", offset: 4000, length: TEXT_UNITS - 1 - 4000 },
    ]);
  });

  test("below a file is as long as Telegram lets a caption be", async () => {
    const api = anApi();
    const file = { name: "a.json", content: "{}" };
    expect(await api.say({ text: new FormattedString("я".repeat(2000)), file })).toMatchObject({ kind: "sent" });
    expect(api.calls[0]).toMatchObject({ method: "sendDocument", payload: { caption: `${"я".repeat(1023)}…` } });
  });

  test("never ends in half an emoji", () => {
    for (const lead of ["", "a"]) {
      const cut = fit(new FormattedString(lead + "🔧".repeat(3000))).text;
      expect(cut.length).toBeLessThanOrEqual(TEXT_UNITS);
      expect(cut).toMatch(/🔧…$/u);
    }
  });

  test("at the limit stays as it is", () => {
    const whole = new FormattedString("б".repeat(TEXT_UNITS));
    expect(fit(whole)).toBe(whole);
  });
});
