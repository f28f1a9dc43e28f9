import { z } from "zod";
import { toCaptionContent, toTextContent } from "../captions.ts";
import { getOpenChat } from "../chats.ts";
import { toReplyMarkup } from "../keyboards.ts";
import { toDocumentContent, toPhotoContent } from "../media.ts";
import { linkPreviewOptions } from "../link-preview.ts";
import { post, replyParameters } from "../messages.ts";
import type { Content } from "../messages.ts";
import { chatId, flag, int, json, real } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { method } from "./method.ts";

const target = {
  chat_id: chatId,
  disable_notification: flag.optional(),
  protect_content: flag.optional(),
  allow_paid_broadcast: flag.optional(),
  reply_parameters: replyParameters,
  reply_markup: json(z.unknown()).optional(),
};
const caption = {
  caption: z.string().optional(),
  parse_mode: z.string().optional(),
  caption_entities: json(z.unknown()).optional(),
};
const point = { latitude: real, longitude: real };

/** Marks the bot put on the message that its people's apps honour. */
const toMarks = (params: { protect_content?: boolean | undefined; has_spoiler?: boolean | undefined }): Content => ({
  ...(params.protect_content ? { has_protected_content: true } : {}),
  ...(params.has_spoiler ? { has_media_spoiler: true } : {}),
});

const checkPoint = ({ latitude, longitude }: { latitude: number; longitude: number }): void => {
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest("wrong location specified");
};

/** `sendMessage`. */
export const sendMessage = method(
  {
    ...target,
    text: z.string().optional(),
    parse_mode: z.string().optional(),
    entities: json(z.unknown()).optional(),
    link_preview_options: linkPreviewOptions,
  },
  (core, params) => {
    const chat = getOpenChat(core, params.chat_id);
    const content = toTextContent({ text: params.text, parseMode: params.parse_mode, entities: params.entities });
    const preview = params.link_preview_options ? { link_preview_options: params.link_preview_options } : {};
    const markup = toReplyMarkup(params.reply_markup, chat);
    return post(core, chat, [{ ...content, ...preview, ...toMarks(params) } as Content], {
      reply: params.reply_parameters,
      markup,
      isPaid: params.allow_paid_broadcast,
    })[0];
  },
);

/** `sendPhoto`. */
export const sendPhoto = method(
  {
    ...target,
    ...caption,
    photo: z.string().optional(),
    has_spoiler: flag.optional(),
    show_caption_above_media: flag.optional(),
  },
  async (core, params, call) => {
    const chat = getOpenChat(core, params.chat_id);
    const text = toCaptionContent({
      text: params.caption,
      parseMode: params.parse_mode,
      entities: params.caption_entities,
    });
    const markup = toReplyMarkup(params.reply_markup, chat);
    const photo = await toPhotoContent(core.files, params.photo, "photo", call.uploads);
    return post(core, chat, [{ ...photo, ...text, ...toMarks(params) }], {
      reply: params.reply_parameters,
      markup,
      isPaid: params.allow_paid_broadcast,
    })[0];
  },
);

/** `sendDocument`. */
export const sendDocument = method(
  { ...target, ...caption, document: z.string().optional(), disable_content_type_detection: flag.optional() },
  async (core, params, call) => {
    const chat = getOpenChat(core, params.chat_id);
    const text = toCaptionContent({
      text: params.caption,
      parseMode: params.parse_mode,
      entities: params.caption_entities,
    });
    const markup = toReplyMarkup(params.reply_markup, chat);
    const document = await toDocumentContent(core.files, params.document, "document", call.uploads);
    return post(core, chat, [{ ...document, ...text, ...toMarks(params) }], {
      reply: params.reply_parameters,
      markup,
      isPaid: params.allow_paid_broadcast,
    })[0];
  },
);

/** `sendLocation`. */
export const sendLocation = method(
  { ...target, ...point, horizontal_accuracy: real.optional(), live_period: int.optional() },
  (core, params) => {
    const chat = getOpenChat(core, params.chat_id);
    checkPoint(params);
    const markup = toReplyMarkup(params.reply_markup, chat);
    const { latitude, longitude, horizontal_accuracy, live_period } = params;
    if (live_period !== undefined && live_period !== 0x7fffffff && (live_period < 60 || live_period > 86_400)) {
      throw badRequest("wrong live location period specified");
    }
    const location = {
      latitude,
      longitude,
      ...(horizontal_accuracy === undefined ? {} : { horizontal_accuracy }),
      ...(live_period === undefined ? {} : { live_period }),
    };
    return post(core, chat, [{ location, ...toMarks(params) }], {
      reply: params.reply_parameters,
      markup,
      isPaid: params.allow_paid_broadcast,
    })[0];
  },
);

/** `sendVenue`. */
export const sendVenue = method(
  { ...target, ...point, title: z.string().optional(), address: z.string().optional() },
  (core, params) => {
    const chat = getOpenChat(core, params.chat_id);
    checkPoint(params);
    const { latitude, longitude, title, address } = params;
    if (!title) throw badRequest("venue title must be non-empty");
    if (!address) throw badRequest("venue address must be non-empty");
    const markup = toReplyMarkup(params.reply_markup, chat);
    const location = { latitude, longitude };
    const content = { location, venue: { location, title, address }, ...toMarks(params) };
    return post(core, chat, [content], {
      reply: params.reply_parameters,
      markup,
      isPaid: params.allow_paid_broadcast,
    })[0];
  },
);

const actions = [
  "typing",
  "upload_photo",
  "upload_document",
  "find_location",
  "choose_sticker",
  "record_voice",
  "upload_voice",
  "record_video",
  "upload_video",
];

/** `sendChatAction`. */
export const sendChatAction = method({ chat_id: chatId, action: z.string().optional() }, (core, params) => {
  const chat = getOpenChat(core, params.chat_id);
  const action = params.action ?? "";
  if (!actions.includes(action)) throw badRequest("wrong parameter action in request");
  core.events.emit({ type: "typing", chatId: chat.id, action });
  return true;
});
