import { randomInt } from "node:crypto";
import { z } from "zod";
import { toCaptionContent } from "../captions.ts";
import { getOpenChat } from "../chats.ts";
import type { Core } from "../core.ts";
import { toDocumentContent, toPhotoContent } from "../media.ts";
import { post, replyParameters } from "../messages.ts";
import type { Content } from "../messages.ts";
import { chatId, flag, json } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { method } from "./method.ts";
import type { Call } from "./method.ts";

/** One medium as `sendMediaGroup` and `editMessageMedia` take it. */
export const inputMedia = z.strictObject({
  type: z.string(),
  media: z.string(),
  caption: z.string().optional(),
  parse_mode: z.string().optional(),
  caption_entities: z.unknown().optional(),
  has_spoiler: z.boolean().optional(),
  show_caption_above_media: z.boolean().optional(),
});

/** The medium with its caption as a message holds it; photos and documents are what this messenger keeps. */
export const toMediaContent = async (core: Core, media: z.output<typeof inputMedia>, call: Call): Promise<Content> => {
  const text = toCaptionContent({ text: media.caption, parseMode: media.parse_mode, entities: media.caption_entities });
  switch (media.type) {
    case "photo":
      return { ...(await toPhotoContent(core.files, media.media, "photo", call.uploads)), ...text };
    case "document":
      return { ...(await toDocumentContent(core.files, media.media, "document", call.uploads)), ...text };
    default:
      throw badRequest(`can't parse InputMedia: type "${media.type}" is unsupported`);
  }
};

/** A new `media_group_id`, the same on every message of one album. */
export const newMediaGroupId = (): string => `13${randomInt(10 ** 9, 10 ** 10)}${randomInt(10 ** 4, 10 ** 5)}`;

/** `sendMediaGroup`: an album of 2 to 10; it has no keyboard. */
export const sendMediaGroup = method(
  {
    chat_id: chatId,
    media: json(z.array(inputMedia)),
    disable_notification: flag.optional(),
    protect_content: flag.optional(),
    allow_paid_broadcast: flag.optional(),
    reply_parameters: replyParameters,
  },
  async (core, params, call) => {
    const chat = getOpenChat(core, params.chat_id);
    const { media } = params;
    if (media.length === 0) throw badRequest("there are no messages to send");
    // Telegram documents 2 to 10 and happens to let one through; a bot should not count on it.
    if (media.length < 2) throw badRequest("too few messages to send as an album");
    if (media.length > 10) throw badRequest("too many messages to send as an album");
    if (new Set(media.map(({ type }) => type)).size > 1) {
      throw badRequest("document can't be mixed with other media types");
    }
    const contents = await Promise.all(media.map((medium) => toMediaContent(core, medium, call)));
    const group = { media_group_id: newMediaGroupId() };
    const album = contents.map((content) => ({ ...group, ...content }));
    return post(core, chat, album, { reply: params.reply_parameters, isPaid: params.allow_paid_broadcast });
  },
);
