import { getChat as getKnownChat, toBotUser, toChat, toChatMember } from "../chats.ts";
import type { LocalChat } from "../chats.ts";
import { unixNow } from "../core.ts";
import type { Core } from "../core.ts";
import { findMessage, toReplied } from "../messages.ts";
import { chatId, flag, int } from "../params.ts";
import { badRequest } from "../refusal.ts";
import { chatState } from "../state.ts";
import { method } from "./method.ts";

const noGifts = {
  unlimited_gifts: false,
  limited_gifts: false,
  unique_gifts: false,
  premium_subscription: false,
  gifts_from_channels: false,
};

/** `getChat`. */
export const getChat = method({ chat_id: chatId }, (core, params) => {
  const chat = getKnownChat(core, params.chat_id);
  const pinned = chatState(core.state, chat.id).pinned.at(-1);
  const message = pinned === undefined ? undefined : findMessage(core, chat.id, pinned);
  return {
    ...toChat(chat),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: noGifts,
    ...(message ? { pinned_message: toReplied(message) } : {}),
  };
});

const getGroup = (core: Core, id: number | string | undefined): LocalChat & { kind: "group" | "channel" } => {
  const chat = getKnownChat(core, id);
  if (chat.kind === "private") throw badRequest("there are no administrators in the private chat");
  return chat;
};

/** `getChatMember`. */
export const getChatMember = method({ chat_id: chatId, user_id: int.optional() }, (core, params) => {
  const chat = getKnownChat(core, params.chat_id);
  if (params.user_id === undefined) throw badRequest("invalid user_id specified");
  return toChatMember(core, chat, params.user_id);
});

/** `getChatAdministrators`. */
export const getChatAdministrators = method({ chat_id: chatId }, (core, params) => {
  const chat = getGroup(core, params.chat_id);
  const { adminIds } = chat.kind === "group" ? chat.group : chat.channel;
  return [...adminIds, core.settings.bot.id].map((id) => toChatMember(core, chat, id));
});

/** `getChatMemberCount`. */
export const getChatMemberCount = method({ chat_id: chatId }, (core, params) => {
  const chat = getKnownChat(core, params.chat_id);
  switch (chat.kind) {
    case "private":
      return 2;
    case "group":
      return new Set([...chat.group.memberIds, ...chat.group.adminIds]).size + 1;
    case "channel":
      return new Set([...chat.channel.subscriberIds, ...chat.channel.adminIds]).size + 1;
  }
});

/** `pinChatMessage`. */
export const pinChatMessage = method(
  { chat_id: chatId, message_id: int.optional(), disable_notification: flag.optional() },
  (core, params) => {
    const chat = getKnownChat(core, params.chat_id);
    const messageId = params.message_id ?? 0;
    if (!findMessage(core, chat.id, messageId)) throw badRequest("message to pin not found");
    const others = chatState(core.state, chat.id).pinned.filter((id) => id !== messageId);
    core.record({ fact: "pinned", chatId: chat.id, messageIds: [...others, messageId] });
    core.events.emit({ type: "pinned", chatId: chat.id, messageId });
    return true;
  },
);

/** `unpinChatMessage`: the named message, or the one pinned last. */
export const unpinChatMessage = method({ chat_id: chatId, message_id: int.optional() }, (core, params) => {
  const chat = getKnownChat(core, params.chat_id);
  const { pinned } = chatState(core.state, chat.id);
  const messageId = params.message_id ?? pinned.at(-1);
  if (messageId === undefined || !pinned.includes(messageId)) throw badRequest("message to unpin not found");
  const left = pinned.filter((id) => id !== messageId);
  core.record({ fact: "pinned", chatId: chat.id, messageIds: left });
  core.events.emit({ type: "pinned", chatId: chat.id, messageId: left.at(-1) ?? 0 });
  return true;
});

/** `leaveChat`: the bot is out of the group or channel for good. */
export const leaveChat = method({ chat_id: chatId }, (core, params) => {
  const chat = getKnownChat(core, params.chat_id);
  if (chat.kind === "private") throw badRequest("chat member status can't be changed in private chats");
  core.queue.add({
    my_chat_member: {
      chat: toChat(chat),
      from: toBotUser(core),
      date: unixNow(core),
      old_chat_member: toChatMember(core, chat, core.settings.bot.id),
      new_chat_member: { status: "left", user: toBotUser(core) },
    },
  });
  core.record({ fact: "botInGroup", chatId: chat.id, status: "left" });
  return true;
});
