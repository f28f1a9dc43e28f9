import { z } from "zod";
import { getChat } from "../chats.ts";
import type { LocalChat } from "../chats.ts";
import { unixNow } from "../core.ts";
import type { Core } from "../core.ts";
import { findMessage } from "../messages.ts";
import type { PageMessage } from "../page-api.ts";
import { chatId, int, json } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { method } from "./method.ts";

const maxAgeSeconds = 48 * 3600;

/** In a group the bot is an administrator and may delete anything at any time; elsewhere what is at most 48 hours old. */
const mayDelete = (core: Core, message: PageMessage): boolean =>
  message.chat.type === "supergroup" || unixNow(core) - message.date <= maxAgeSeconds;

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
  if (!mayDelete(core, message)) throw badRequest("message can't be deleted for everyone");
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
  if (!messages.every((message) => mayDelete(core, message))) throw badRequest("message can't be deleted for everyone");
  if (messages.length > 0) remove(core, chat, [...new Set(messages.map((message) => message.message_id))]);
  return true;
});
