import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { toCaptionContent, toTextContent } from "../captions.ts";
import { channelRights, getOpenChat } from "../chats.ts";
import { unixNow } from "../core.ts";
import type { Core } from "../core.ts";
import { toInlineKeyboard } from "../keyboards.ts";
import { linkPreviewOptions } from "../link-preview.ts";
import { findMessage, isBotsOwn, replace, spendRate, toBotMessage } from "../messages.ts";
import type { Content } from "../messages.ts";
import type { PageMessage } from "../page-api.ts";
import { chatId, flag, int, json } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { method } from "./method.ts";
import { inputMedia, toMediaContent } from "./send-media-group.ts";

const target = {
  chat_id: chatId,
  message_id: int.optional(),
  reply_markup: json(z.unknown()).optional(),
};
type Target = { chat_id?: number | string | undefined; message_id?: number | undefined; reply_markup?: unknown };

/** Messages that came with a reply keyboard stay as they are, here as on Telegram. */
const hasReplyKeyboard = (message: PageMessage): boolean =>
  message.reply_markup !== undefined && !("inline_keyboard" in message.reply_markup);

const getEditable = (core: Core, params: Target): PageMessage => {
  const chat = getOpenChat(core, params.chat_id);
  if (params.message_id === undefined) throw badRequest("message identifier is not specified");
  const message = findMessage(core, chat.id, params.message_id);
  if (!message) throw badRequest("message to edit not found");
  const isOpen = chat.kind === "channel" && channelRights(core, chat.channel)?.mayEdit === true;
  if (!(isBotsOwn(core, message) || isOpen) || hasReplyKeyboard(message)) throw badRequest("message can't be edited");
  return message;
};

const contentKeys = [
  "text",
  "entities",
  "caption",
  "caption_entities",
  "photo",
  "document",
  "link_preview_options",
] as const;
type ContentKey = (typeof contentKeys)[number];

/** Takes the named parts out of the message, puts the new ones in; the keyboard is always replaced, as Telegram does. */
const edit = (
  core: Core,
  message: PageMessage,
  drop: readonly ContentKey[],
  content: Content,
  markup: unknown,
): unknown => {
  const chat = getOpenChat(core, message.chat.id);
  const keyboard = toInlineKeyboard(markup);
  const { reply_markup: _, ...kept } = message;
  for (const key of drop) delete kept[key];
  const changed: PageMessage = { ...kept, ...content, ...(keyboard ? { reply_markup: keyboard } : {}) };
  if (isDeepStrictEqual(changed, message)) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  }
  spendRate(core, chat, 1);
  const edited: PageMessage = { ...changed, edit_date: unixNow(core) };
  replace(core, chat.id, edited);
  return toBotMessage(edited);
};

/** `editMessageText`. */
export const editMessageText = method(
  {
    ...target,
    text: z.string().optional(),
    parse_mode: z.string().optional(),
    entities: json(z.unknown()).optional(),
    link_preview_options: linkPreviewOptions,
  },
  (core, params) => {
    const message = getEditable(core, params);
    const content = toTextContent({ text: params.text, parseMode: params.parse_mode, entities: params.entities });
    if (message.text === undefined) throw badRequest("there is no text in the message to edit");
    const preview = params.link_preview_options ? { link_preview_options: params.link_preview_options } : {};
    const drop = ["text", "entities", "link_preview_options"] as const;
    return edit(core, message, drop, { ...content, ...preview } as Content, params.reply_markup);
  },
);

/** `editMessageCaption`. */
export const editMessageCaption = method(
  {
    ...target,
    caption: z.string().optional(),
    parse_mode: z.string().optional(),
    caption_entities: json(z.unknown()).optional(),
    show_caption_above_media: flag.optional(),
  },
  (core, params) => {
    const message = getEditable(core, params);
    if (!message.photo && !message.document) throw badRequest("there is no caption in the message to edit");
    const content = toCaptionContent({
      text: params.caption,
      parseMode: params.parse_mode,
      entities: params.caption_entities,
    });
    return edit(core, message, ["caption", "caption_entities"], content, params.reply_markup);
  },
);

/** `editMessageMedia`: another photo or document in the same place; within an album the kind stays. */
export const editMessageMedia = method({ ...target, media: json(inputMedia) }, async (core, params, call) => {
  const message = getEditable(core, params);
  if (message.text === undefined && !message.photo && !message.document) {
    throw badRequest("message media can't be edited");
  }
  const kind = message.photo ? "photo" : "document";
  if (message.media_group_id && params.media.type !== kind) {
    throw badRequest("message content type can't be used in an album");
  }
  const content = await toMediaContent(core, params.media, call);
  return edit(core, message, contentKeys, content, params.reply_markup);
});

/** `editMessageReplyMarkup`. */
export const editMessageReplyMarkup = method(target, (core, params) =>
  edit(core, getEditable(core, params), [], {}, params.reply_markup),
);
