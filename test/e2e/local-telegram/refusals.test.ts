import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { botClients } from "../../support/bot-clients.ts";
import type { BotClient } from "../../support/bot-clients.ts";
import { editor, editors, neighbour, resident, startLocalTelegram } from "../../support/local-telegram.ts";
import type { RunningTelegram } from "../../support/local-telegram.ts";
import { aJpeg } from "../../support/pictures.ts";

/** What stands in the resident's chat before anything is refused; nothing of it may change. */
type Scene = {
  jpeg: Buffer;
  panorama: Buffer;
  theirs: number;
  text: number;
  photo: number;
  withKeyboard: number;
  photoFile: string;
  documentFile: string;
  hugeFile: string;
};
type Refused = [
  what: string,
  method: string,
  payload: (scene: Scene, client: BotClient) => object,
  words: string,
  code?: number,
];

const to = { chat_id: resident.id };
const button = (fields: object): object => ({ ...to, text: "x", reply_markup: { inline_keyboard: [[fields]] } });
const commands = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ command: `c${index}`, description: "x" }));
const bold = (offset: number, length: number): object => ({ type: "bold", offset, length });

const cases: Refused[] = [
  ["a method that does not exist", "sendTelepathy", () => to, "Not Found: method not found", 404],
  ["a method this messenger does not have", "banChatMember", () => to, "Not Found: method not found", 404],
  ["a field that does not exist", "sendMessage", () => ({ ...to, text: "x", reply_to: 1 }), 'unknown field "reply_to"'],
  [
    "a keyboard on an album",
    "sendMediaGroup",
    () => ({ ...to, media: [], reply_markup: { inline_keyboard: [] } }),
    'unknown field "reply_markup"',
  ],
  ["no chat", "sendMessage", () => ({ text: "x" }), "chat_id is empty"],
  ["an unknown chat", "sendMessage", () => ({ chat_id: 42, text: "x" }), "chat not found"],
  ["a chat by a name nobody has", "sendMessage", () => ({ chat_id: "@nobody", text: "x" }), "chat not found"],
  [
    "a person who never wrote",
    "sendMessage",
    () => ({ chat_id: neighbour.id, text: "x" }),
    "Forbidden: bot can't initiate conversation with a user",
    403,
  ],
  [
    "a person who stopped the bot",
    "sendMessage",
    () => ({ chat_id: editor.id, text: "x" }),
    "Forbidden: bot was blocked by the user",
    403,
  ],
  ["no text", "sendMessage", () => ({ ...to, text: "" }), "message text is empty"],
  ["white space only", "sendMessage", () => ({ ...to, text: " \n " }), "text must be non-empty"],
  ["4097 characters", "sendMessage", () => ({ ...to, text: "я".repeat(4097) }), "message is too long"],
  [
    "a caption of 1025 characters",
    "sendPhoto",
    ({ photoFile }) => ({ ...to, photo: photoFile, caption: "я".repeat(1025) }),
    "message caption is too long",
  ],
  ["unknown markup", "sendMessage", () => ({ ...to, text: "x", parse_mode: "BBCode" }), "unsupported parse_mode"],
  [
    "HTML with an unknown tag",
    "sendMessage",
    () => ({ ...to, text: "я <3 вас", parse_mode: "HTML" }),
    "can't parse entities: Unclosed start tag at byte offset 3",
  ],
  [
    "HTML that is not closed",
    "sendMessage",
    () => ({ ...to, text: "<b>x", parse_mode: "HTML" }),
    `can't parse entities: Can't find end tag corresponding to start tag "b"`,
  ],
  [
    "MarkdownV2 that is not escaped",
    "sendMessage",
    () => ({ ...to, text: "Готово.", parse_mode: "MarkdownV2" }),
    "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  ],
  [
    "an entity that ends behind the text",
    "sendMessage",
    () => ({ ...to, text: "hello", entities: [bold(0, 100)] }),
    "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
  ],
  [
    "an entity that begins behind the text",
    "sendMessage",
    () => ({ ...to, text: "hello", entities: [bold(100, 1)] }),
    "entity begins after the end of the text at UTF-16 offset 100",
  ],
  [
    "entities that overlap",
    "sendMessage",
    () => ({ ...to, text: "hello, world", entities: [bold(0, 6), { type: "italic", offset: 3, length: 9 }] }),
    "entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 12",
  ],
  [
    "an entity of an unknown type",
    "sendMessage",
    () => ({ ...to, text: "hello", entities: [{ type: "sparkle", offset: 0, length: 1 }] }),
    "can't parse MessageEntity: Unsupported type specified",
  ],
  [
    "a link that leads nowhere",
    "sendMessage",
    () => ({ ...to, text: "click", entities: [{ type: "text_link", offset: 0, length: 5, url: "not-a-url" }] }),
    "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
  ],
  [
    "a reply to a message that is gone",
    "sendMessage",
    () => ({ ...to, text: "x", reply_parameters: { message_id: 9999 } }),
    "message to be replied not found",
  ],
  [
    "65 bytes of callback data, though only 33 letters",
    "sendMessage",
    () => button({ text: "x", callback_data: `a${"я".repeat(32)}` }),
    "BUTTON_DATA_INVALID",
  ],
  [
    "a button that does nothing",
    "sendMessage",
    () => button({ text: "x", callback_data: "" }),
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    "a button that does two things",
    "sendMessage",
    () => button({ text: "x", callback_data: "a", url: "https://example.org" }),
    "can't parse inline keyboard button: exactly one of the optional fields must be used",
  ],
  [
    "a button to ftp",
    "sendMessage",
    () => button({ text: "x", url: "ftp://example.org" }),
    "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
  ],
  [
    "a deep link with more than 64 characters",
    "sendMessage",
    () => button({ text: "x", url: `https://t.me/otklik_test_bot?start=${"a".repeat(65)}` }),
    "START_PARAM_INVALID",
  ],
  [
    "a deep link with letters Telegram drops",
    "sendMessage",
    () => button({ text: "x", url: "https://t.me/otklik_test_bot?start=a.b" }),
    "START_PARAM_INVALID",
  ],
  [
    "101 buttons",
    "sendMessage",
    () => ({
      ...to,
      text: "x",
      reply_markup: { inline_keyboard: Array.from({ length: 101 }, () => [{ text: "x", callback_data: "x" }]) },
    }),
    "reply markup is too long",
  ],
  [
    "a location button in a group",
    "sendMessage",
    () => ({
      chat_id: editors.id,
      text: "x",
      reply_markup: { keyboard: [[{ text: "Где", request_location: true }]] },
    }),
    "location can be requested in private chats only",
  ],
  [
    "a contact button in a group",
    "sendMessage",
    () => ({ chat_id: editors.id, text: "x", reply_markup: { keyboard: [[{ text: "Я", request_contact: true }]] } }),
    "phone number can be requested in private chats only",
  ],
  ["no photo", "sendPhoto", () => to, "there is no photo in the request"],
  ["an unknown file id", "sendPhoto", () => ({ ...to, photo: "AgAC" }), "wrong file identifier/HTTP URL specified"],
  [
    "a document's id as a photo",
    "sendPhoto",
    ({ documentFile }) => ({ ...to, photo: documentFile }),
    "can't use file of type Document as Photo",
  ],
  [
    "a photo that is no picture",
    "sendPhoto",
    (_, client) => ({ ...to, photo: client.file(Buffer.from("not a picture"), "a.jpg") }),
    "IMAGE_PROCESS_FAILED",
  ],
  [
    "a photo of more than 10 MB",
    "sendPhoto",
    (_, client) => ({ ...to, photo: client.file(Buffer.alloc(10_000_001), "a.jpg") }),
    "file is too big",
  ],
  [
    "a photo twenty-one times as wide as high",
    "sendPhoto",
    ({ panorama }, client) => ({ ...to, photo: client.file(panorama, "a.jpg") }),
    "PHOTO_INVALID_DIMENSIONS",
  ],
  [
    "an empty file",
    "sendDocument",
    (_, client) => ({ ...to, document: client.file(Buffer.alloc(0), "a.txt") }),
    "file must be non-empty",
  ],
  ["an empty album", "sendMediaGroup", () => ({ ...to, media: [] }), "there are no messages to send"],
  [
    "an album of one",
    "sendMediaGroup",
    ({ photoFile }) => ({ ...to, media: [{ type: "photo", media: photoFile }] }),
    "too few messages to send as an album",
  ],
  [
    "an album of eleven",
    "sendMediaGroup",
    ({ photoFile }) => ({ ...to, media: Array.from({ length: 11 }, () => ({ type: "photo", media: photoFile })) }),
    "too many messages to send as an album",
  ],
  [
    "photos and documents in one album",
    "sendMediaGroup",
    ({ photoFile, documentFile }) => ({
      ...to,
      media: [
        { type: "photo", media: photoFile },
        { type: "document", media: documentFile },
      ],
    }),
    "document can't be mixed with other media types",
  ],
  ["a place off the earth", "sendLocation", () => ({ ...to, latitude: 91, longitude: 0 }), "wrong location specified"],
  [
    "a venue without a name",
    "sendVenue",
    () => ({ ...to, latitude: 55, longitude: 37, title: "", address: "x" }),
    "venue title must be non-empty",
  ],
  [
    "an unknown chat action",
    "sendChatAction",
    () => ({ ...to, action: "dancing" }),
    "wrong parameter action in request",
  ],
  ["an edit of nothing", "editMessageText", () => ({ ...to, text: "x" }), "message identifier is not specified"],
  [
    "an edit of a message that is gone",
    "editMessageText",
    () => ({ ...to, message_id: 9999, text: "x" }),
    "message to edit not found",
  ],
  [
    "an edit of somebody else's message",
    "editMessageText",
    ({ theirs }) => ({ ...to, message_id: theirs, text: "x" }),
    "message can't be edited",
  ],
  [
    "an edit of a message that brought a reply keyboard",
    "editMessageText",
    ({ withKeyboard }) => ({ ...to, message_id: withKeyboard, text: "x" }),
    "message can't be edited",
  ],
  [
    "an edit that changes nothing",
    "editMessageText",
    ({ text }) => ({ ...to, message_id: text, text: "Здравствуйте" }),
    "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
  ],
  [
    "a keyboard that is already there",
    "editMessageReplyMarkup",
    ({ text }) => ({ ...to, message_id: text }),
    "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
  ],
  [
    "a reply keyboard on an old message",
    "editMessageReplyMarkup",
    ({ text }) => ({ ...to, message_id: text, reply_markup: { keyboard: [[{ text: "x" }]] } }),
    "inline keyboard expected",
  ],
  [
    "text in the place of a photo",
    "editMessageText",
    ({ photo }) => ({ ...to, message_id: photo, text: "x" }),
    "there is no text in the message to edit",
  ],
  [
    "a caption on a text",
    "editMessageCaption",
    ({ text }) => ({ ...to, message_id: text, caption: "x" }),
    "there is no caption in the message to edit",
  ],
  [
    "to delete a message that is gone",
    "deleteMessage",
    () => ({ ...to, message_id: 9999 }),
    "message to delete not found",
  ],
  ["to delete nothing", "deleteMessages", () => ({ ...to, message_ids: [] }), "message identifiers are not specified"],
  ["to pin a message that is gone", "pinChatMessage", () => ({ ...to, message_id: 9999 }), "message to pin not found"],
  ["to unpin where nothing is pinned", "unpinChatMessage", () => to, "message to unpin not found"],
  ["to leave a private chat", "leaveChat", () => to, "chat member status can't be changed in private chats"],
  [
    "an answer to an unknown press",
    "answerCallbackQuery",
    () => ({ callback_query_id: "1" }),
    "query is too old and response timeout expired or query ID is invalid",
  ],
  ["an unknown file", "getFile", () => ({ file_id: "AgAC" }), "invalid file_id"],
  ["a file of more than 20 MB", "getFile", ({ hugeFile }) => ({ file_id: hugeFile }), "file is too big"],
  ["an unknown member", "getChatMember", () => ({ chat_id: editors.id, user_id: 5 }), "user not found"],
  ["101 commands", "setMyCommands", () => ({ commands: commands(101) }), "BOT_COMMANDS_TOO_MUCH"],
  [
    "a command in capitals",
    "setMyCommands",
    () => ({ commands: [{ command: "Start", description: "x" }] }),
    "BOT_COMMAND_INVALID",
  ],
  [
    "a command of 33 letters",
    "setMyCommands",
    () => ({ commands: [{ command: "a".repeat(33), description: "x" }] }),
    "BOT_COMMAND_INVALID",
  ],
  [
    "a command without a description",
    "setMyCommands",
    () => ({ commands: [{ command: "a", description: "" }] }),
    "BOT_COMMAND_DESCRIPTION_INVALID",
  ],
  [
    "a description of 257 letters",
    "setMyCommands",
    () => ({ commands: [{ command: "a", description: "x".repeat(257) }] }),
    "BOT_COMMAND_DESCRIPTION_INVALID",
  ],
  [
    "commands in a language of three letters",
    "setMyCommands",
    () => ({ commands: [], language_code: "rus" }),
    "invalid language code specified",
  ],
  [
    "commands for an unknown chat",
    "setMyCommands",
    () => ({ commands: [], scope: { type: "chat", chat_id: 42 } }),
    "chat not found",
  ],
  [
    "a webhook that is no address",
    "setWebhook",
    () => ({ url: "nowhere" }),
    "bad webhook: invalid webhook URL specified",
  ],
  [
    "a secret with letters Telegram refuses",
    "setWebhook",
    () => ({ url: "https://example.org", secret_token: "пароль" }),
    "secret token contains unallowed characters",
  ],
];

describe.each(botClients)("through $name the messenger refuses", (client) => {
  let telegram: RunningTelegram;
  let scene: Scene;

  const send = async (
    method: string,
    payload: object,
  ): Promise<{ message_id: number; photo?: { file_id: string }[]; document?: { file_id: string } }> => {
    const outcome = await client.call(telegram.root, telegram.token, method, payload);
    if (!outcome.ok) throw new Error(outcome.description);
    return outcome.result as { message_id: number };
  };

  beforeAll(async () => {
    telegram = await startLocalTelegram();
    const { messenger } = telegram;
    const said = await messenger.act({ do: "text", personId: resident.id, chatId: resident.id, text: "/start" });
    await messenger.act({ do: "text", personId: editor.id, chatId: editor.id, text: "/start" });
    await messenger.act({ do: "block", personId: editor.id });
    const huge = new Map([["file0", { name: "huge.bin", bytes: new Uint8Array(20_000_001) }]]);
    await messenger.act(
      { do: "document", personId: resident.id, chatId: resident.id, file: { upload: "file0" } },
      huge,
    );
    const jpeg = await aJpeg();
    const text = await send("sendMessage", { ...to, text: "Здравствуйте" });
    const photo = await send("sendPhoto", { ...to, photo: client.file(jpeg, "a.jpg"), caption: "яма" });
    const document = await send("sendDocument", { ...to, document: client.file(Buffer.from("hello"), "a.txt") });
    const withKeyboard = await send("sendMessage", {
      ...to,
      text: "x",
      reply_markup: { keyboard: [[{ text: "Да" }]] },
    });
    scene = {
      jpeg,
      panorama: await aJpeg(2100, 100),
      theirs: said.ok ? (said.messageIds[0] ?? 0) : 0,
      text: text.message_id,
      photo: photo.message_id,
      withKeyboard: withKeyboard.message_id,
      photoFile: photo.photo?.[0]?.file_id ?? "",
      documentFile: document.document?.file_id ?? "",
      hugeFile:
        messenger.messages(resident.id).find(({ document: file }) => file?.file_name === "huge.bin")?.document
          ?.file_id ?? "",
    };
  });
  afterAll(() => telegram.close());

  test.each(cases)("%s", async (_, method, payload, words, code = 400) => {
    const before = structuredClone([telegram.messenger.messages(resident.id), telegram.messenger.messages(editors.id)]);
    const outcome = await client.call(telegram.root, telegram.token, method, payload(scene, client));
    const description = code === 400 ? `Bad Request: ${words}` : words;
    expect(outcome).toEqual({ ok: false, code, description, retryAfter: undefined });
    expect([telegram.messenger.messages(resident.id), telegram.messenger.messages(editors.id)]).toEqual(before);
  });

  test("a wrong token", async () => {
    const outcome = await client.call(telegram.root, "700100200:guessed", "getMe");
    expect(outcome).toMatchObject({ ok: false, code: 401, description: "Unauthorized" });
  });
});
