/** The one place where a message becomes calls of the Bot API, and Telegram's answers become what became of it. */
import { GrammyError, HttpError, InlineKeyboard, InputFile, Keyboard, type Api } from "grammy";
import type { InlineKeyboardButton, InputMediaDocument, InputMediaPhoto, Message } from "grammy/types";
import type { Button, OutMessage, Picture } from "../notices/message.ts";
import type { Outgoing, Send } from "../notices/send.ts";
import { largeOf, type CleanPhoto, type DrawPair, type PhotoFiles } from "../report/photo.ts";
import { pack } from "./callback-data.ts";
import { createFetchPhoto } from "./fetch-photo.ts";
import { CAPTION_UNITS, fit } from "./fit.ts";
import { rewriteCaption, sendPost } from "./send-post.ts";
import { isGone, isSame, toSent, waitSeconds } from "./telegram-says.ts";

type Signal = Parameters<Api["sendMessage"]>[3];

/** How long one call may take before it counts as not answered. */
const CALL_SECONDS = 15;

/** Once pictures are out, their text is waited for this long, because trying anew would send the pictures twice. */
const PATIENCE_SECONDS = 8;

/** What a sender can do with pictures besides passing them on. */
export type PictureTools = {
  /** Without it two photos are told of and not shown beside each other. */
  drawPair?: DrawPair;
  /**
   * The picture without what the phone wrote into the file, the exact place above all; null for what is no picture. With it an image
   * sent as a file goes on as a photo; without it, as the file it is.
   */
  cleanPhoto?: CleanPhoto;
  /** Our own copy of a photo by its file's name, null when it is gone. Without it pictures from the web are left out. */
  readPhoto?: PhotoFiles["read"];
};

/** Sends through this API. Pictures first, as an album; the text with the buttons replies to them. */
export const createSend = (api: Api, { drawPair, cleanPhoto, readPhoto }: PictureTools = {}): Send => {
  const apiRoot = api.options?.apiRoot;
  const fetchPhoto = createFetchPhoto(api, { token: api.token, ...(apiRoot !== undefined && { apiRoot }) });
  const clean: Clean | null =
    cleanPhoto === undefined
      ? null
      : async (fileId) => {
          const fetched = await fetchPhoto(fileId, AbortSignal.timeout(CALL_SECONDS * 1000));
          if (!fetched.ok) {
            if (fetched.why === "retry") throw new Error("Telegram does not hand out a picture just now");
            return null;
          }
          const bytes = await cleanPhoto(fetched.bytes);
          return bytes === null ? null : new InputFile(bytes, "photo.jpg");
        };
  const tools: Tools = { api, drawPair: drawPair ?? nothing, clean, readPhoto: readPhoto ?? nothing };
  return async ({ chatId, message, edit, remove }) => {
    try {
      if (remove !== undefined) {
        // Those that are gone already are passed over.
        if (remove.length > 0) await api.deleteMessages(chatId, [...remove], inTime());
        return { kind: "missing" };
      }
      if (edit === undefined) return await sendNew(tools, chatId, message);
      const stands = await rewrite(api, chatId, edit, message);
      if (stands) return { kind: "sent", messageId: edit.messageId };
      return edit.whenGone === "send" ? await sendNew(tools, chatId, message) : { kind: "missing" };
    } catch (error) {
      return toSent(error);
    }
  };
};

type Clean = (fileId: string) => Promise<InputFile | null>;
type Tools = { api: Api; drawPair: DrawPair; clean: Clean | null; readPhoto: PhotoFiles["read"] };

const nothing = (): Promise<null> => Promise.resolve(null);

/** Takes the buttons, but for those that are `left`, from a message that stands. They are only its trimming: when they will not go, nothing else fails. */
export const takeButtons = async (
  api: Api,
  chatId: number,
  messageId: number,
  left: InlineKeyboardButton[][] = [],
): Promise<void> => {
  const keyboard = left.length === 0 ? {} : { reply_markup: { inline_keyboard: left } };
  try {
    await api.editMessageReplyMarkup(chatId, messageId, keyboard, inTime());
  } catch (error) {
    if (!(error instanceof GrammyError || error instanceof HttpError)) throw error;
  }
};

/** False when the message is gone or too old to be rewritten. */
const rewrite = async (
  api: Api,
  chatId: number,
  { messageId, isCaption = false }: NonNullable<Outgoing["edit"]>,
  message: OutMessage,
): Promise<boolean> => {
  const { text, ...options } = toText(message);
  try {
    if (isCaption) await rewriteCaption(api, { chatId, messageId }, message, inTime());
    else await api.editMessageText(chatId, messageId, text, options, inTime());
    return true;
  } catch (error) {
    if (isSame(error)) return true;
    if (isGone(error)) return false;
    throw error;
  }
};

const sendNew = async (tools: Tools, chatId: number, message: OutMessage) => {
  const { api, drawPair } = tools;
  if (message.file !== undefined) return sendFile(api, chatId, message, message.file);
  if (message.drawn !== undefined)
    return sendPicture(api, chatId, message, new InputFile(message.drawn, "picture.png"));
  const pair = message.pair === undefined ? null : await drawPair(message.pair);
  if (pair !== null) return sendPicture(api, chatId, message, new InputFile(pair, "before-after.jpg"));
  const pictures = await toMedia(tools, message.photos ?? []).catch((cause: unknown) => ({ cause }));
  if ("cause" in pictures) return { kind: "pictures_away", cause: pictures.cause } as const;
  if (message.isPost === true) return sendPost(api, chatId, message, pictures.photos, inTime);
  // Whatever of it cannot be made fails before the pictures are out.
  const { text, ...options } = { ...toText(message), ...toReplyMarkup(message) };
  const pictureIds = await sendPictures(api, chatId, pictures);
  const albumId = pictureIds[0] ?? null;
  const reply =
    albumId === null ? {} : { reply_parameters: { message_id: albumId, allow_sending_without_reply: true } };
  const quiet = message.isQuiet === true ? { disable_notification: true } : {};
  const say = (): Promise<Message.TextMessage> =>
    api.sendMessage(chatId, text, { ...options, ...reply, ...quiet }, inTime());
  const said = await (albumId === null ? say() : patiently(say));
  return { kind: "sent", messageId: said.message_id, ...(pictureIds.length > 0 && { pictureIds }) } as const;
};

const sendFile = async (api: Api, chatId: number, { text }: OutMessage, file: NonNullable<OutMessage["file"]>) => {
  const { text: caption, entities } = fit(text, CAPTION_UNITS);
  const options = { caption, caption_entities: entities };
  const said = await api.sendDocument(chatId, new InputFile(Buffer.from(file.content), file.name), options, inTime());
  return { kind: "sent", messageId: said.message_id } as const;
};

const sendPicture = async (api: Api, chatId: number, { text }: OutMessage, picture: InputFile) => {
  const { text: caption, entities } = fit(text, CAPTION_UNITS);
  const options = { caption, caption_entities: entities };
  const said = await api.sendPhoto(chatId, picture, options, inTime());
  return { kind: "sent", messageId: said.message_id } as const;
};

type Media = { photos: (string | InputFile)[]; documents: string[] };

/** What goes out as photos and what as files. What cannot be cleaned is left out; throws when a picture cannot be had just now. */
const toMedia = async ({ clean, readPhoto }: Tools, pictures: readonly Picture[]): Promise<Media> => {
  const media: Media = { photos: [], documents: [] };
  for (const picture of pictures) {
    if (picture.kind === "own") {
      const copy = await readPhoto(largeOf(picture.storedAs));
      if (copy !== null) media.photos.push(new InputFile(copy, "photo.jpg"));
    } else if (picture.kind === "photo") media.photos.push(picture.fileId);
    else if (clean === null) media.documents.push(picture.fileId);
    else {
      const cleaned = await clean(picture.fileId);
      if (cleaned !== null) media.photos.push(cleaned);
    }
  }
  return media;
};

/** The messages that were sent; images sent as files can only follow as files. */
const sendPictures = async (api: Api, chatId: number, { photos, documents }: Media): Promise<number[]> => {
  const first = await sendPhotos(api, chatId, photos);
  const send = (): Promise<number[]> => sendDocuments(api, chatId, documents);
  const second = await (first.length === 0 ? send() : patiently(send));
  return [...first, ...second];
};

const sendPhotos = async (api: Api, chatId: number, photos: readonly (string | InputFile)[]): Promise<number[]> => {
  const [only, ...more] = photos;
  if (only === undefined) return [];
  if (more.length === 0) return [(await api.sendPhoto(chatId, only, {}, inTime())).message_id];
  const album = photos.map((media): InputMediaPhoto => ({ type: "photo", media }));
  return idsOf(await api.sendMediaGroup(chatId, album, {}, inTime()));
};

const sendDocuments = async (api: Api, chatId: number, documents: readonly string[]): Promise<number[]> => {
  const [only, ...more] = documents;
  if (only === undefined) return [];
  if (more.length === 0) return [(await api.sendDocument(chatId, only, {}, inTime())).message_id];
  const group = documents.map((media): InputMediaDocument => ({ type: "document", media }));
  return idsOf(await api.sendMediaGroup(chatId, group, {}, inTime()));
};

const idsOf = (messages: readonly Message[]): number[] => messages.map(({ message_id: id }) => id);

const toText = (message: OutMessage) => {
  const { text, entities } = fit(message.text);
  return {
    text,
    entities,
    link_preview_options: { is_disabled: message.linkPreview !== true },
    ...(message.buttons !== undefined && message.buttons.length > 0 && { reply_markup: toKeyboard(message.buttons) }),
  };
};

/** What stands below the line people type in; only new messages can bring it, and only where buttons do not need the place. */
const toReplyMarkup = ({ buttons = [], keyboard, asks }: OutMessage) => {
  if (buttons.length > 0) return {};
  if (asks !== undefined) {
    // Selective: in a group only whoever is mentioned is asked, everybody else writes on undisturbed.
    return { reply_markup: { force_reply: true, selective: true, input_field_placeholder: asks } as const };
  }
  if (keyboard === undefined) return {};
  const rows = keyboard.rows.map((row) =>
    row.map(({ label, asks: what }) => (what === "location" ? Keyboard.requestLocation(label) : Keyboard.text(label))),
  );
  const once = keyboard.once ?? false;
  return { reply_markup: Keyboard.from(rows).resized().oneTime(once).persistent(!once) };
};

const toKeyboard = (rows: readonly (readonly Button[])[]): InlineKeyboard =>
  InlineKeyboard.from(
    rows.map((row) =>
      row.map((button) =>
        "url" in button
          ? InlineKeyboard.url(button.label, button.url)
          : InlineKeyboard.text(button.label, pack(button.act)),
      ),
    ),
  );

/** Repeats a call that Telegram puts off or that the network lost, as long as patience lasts. */
const patiently = async <Result>(call: () => Promise<Result>): Promise<Result> => {
  for (let left = PATIENCE_SECONDS; ;) {
    try {
      return await call();
    } catch (error) {
      const seconds = waitSeconds(error);
      if (seconds === null || seconds > left) throw error;
      left -= seconds;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
};

// grammY's type of a signal is a polyfill's, which lacks what Node's has more.
const inTime = (): Signal => AbortSignal.timeout(CALL_SECONDS * 1000) as Signal;
