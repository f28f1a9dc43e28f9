import { z } from "zod";
import { channelRights, getChat } from "../chats.ts";
import type { LocalChat } from "../chats.ts";
import { unixNow } from "../core.ts";
import type { Core } from "../core.ts";
import { findMessage, isBotsOwn } from "../messages.ts";
import type { PageMessage } from "../page-api.ts";
import { chatId, int, json } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { method } from "./method.ts";

const maxAgeSeconds = 48 * 3600;

/**
 * In a group the bot is an administrator and may delete anything at any time, and in a channel if it was given that right; elsewhere what is
 * at most 48 hours old, and in a channel then only its own.
 */
const mayDelete = (core: Core, chat: LocalChat, message: PageMessage): boolean => {
  const isFresh = unixNow(core) - message.date <= maxAgeSeconds;
  switch (chat.kind) {
    case "private":
      return isFresh;
    case "group":
      return true;
    case "channel": {
      const rights = channelRights(core, chat.channel);
      return rights !== null && (rights.mayDelete || (rights.mayPost && isFresh && isBotsOwn(core, message)));
    }
  }
};

const remove = (core: Core, { id }: LocalChat, messageIds: number[]): void => {
  core.record({ fact: "deleted", chatId: id, messageIds });
  core.events.emit({ type: "deleted", chatId: id, messageIds });
};

/** `deleteMessage`. */
export const deleteMessage = method({ chat_id: chatId, message_id: int.optional() }, (core, params) => {
  const chat = getChat(core, params.chat_id);
  if (params.message_id === undefined) throw badRequest("message identifier is not specified");
  const message = findMessage(core, chat.id, params.message_id);
  if (!message) throw badRequest("message to delete not found");
  if (!mayDelete(core, chat, message)) throw badRequest("message can't be deleted for everyone");
  remove(core, chat, [message.message_id]);
  return true;
});

/** `deleteMessages`: 1 to 100 at once; those that are not there are passed over. */
export const deleteMessages = method({ chat_id: chatId, message_ids: json(z.array(int)) }, (core, params) => {
  const chat = getChat(core, params.chat_id);
  if (params.message_ids.length === 0) throw badRequest("message identifiers are not specified");
  if (params.message_ids.length > 100) throw badRequest("too many message identifiers specified");
  const messages = params.message_ids
    .map((id) => findMessage(core, chat.id, id))
    .filter((message) => message !== undefined);
  if (!messages.every((message) => mayDelete(core, chat, message))) {
    throw badRequest("message can't be deleted for everyone");
  }
  if (messages.length > 0) remove(core, chat, [...new Set(messages.map((message) => message.message_id))]);
  return true;
});
