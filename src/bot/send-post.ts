/** A channel's post: photos with the words below the first of them, or the words alone. */
import type { Api, InputFile } from "grammy";
import type { InputMediaPhoto } from "grammy/types";
import type { OutMessage } from "../notices/message.ts";
import { CAPTION_UNITS, fit } from "./fit.ts";

type Signal = Parameters<Api["sendMessage"]>[3];

/** Sends it; the first message is the one that holds the words. */
export const sendPost = async (
  api: Api,
  chatId: number,
  message: OutMessage,
  photos: readonly (string | InputFile)[],
  inTime: () => Signal,
) => {
  const { repliesTo, isQuiet = false } = message;
  const how = {
    disable_notification: isQuiet,
    ...(repliesTo !== undefined && { reply_parameters: { message_id: repliesTo, allow_sending_without_reply: true } }),
  };
  const [first, ...others] = photos;
  if (first === undefined) {
    const { text, entities } = fit(message.text);
    const options = { ...how, entities, link_preview_options: { is_disabled: true } };
    const { message_id: messageId } = await api.sendMessage(chatId, text, options, inTime());
    return { kind: "sent", messageId } as const;
  }
  if (others.length === 0) {
    const { message_id: messageId } = await api.sendPhoto(chatId, first, { ...how, ...toCaption(message) }, inTime());
    return { kind: "sent", messageId } as const;
  }
  const album = photos.map((media, index): InputMediaPhoto => ({
    type: "photo",
    media,
    ...(index === 0 && toCaption(message)),
  }));
  const sent = await api.sendMediaGroup(chatId, album, how, inTime());
  const [messageId = 0, ...pictureIds] = sent.map(({ message_id: id }) => id);
  return { kind: "sent", messageId, pictureIds } as const;
};

/** Rewrites the words below a post's pictures. */
export const rewriteCaption = async (
  api: Api,
  { chatId, messageId }: { chatId: number; messageId: number },
  message: OutMessage,
  signal: Signal,
): Promise<void> => {
  await api.editMessageCaption(chatId, messageId, toCaption(message), signal);
};

const toCaption = ({ text }: OutMessage) => {
  const { text: caption, entities } = fit(text, CAPTION_UNITS);
  return { caption, caption_entities: entities };
};
