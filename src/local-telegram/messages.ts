import type { Message } from "grammy/types";
import { z } from "zod";
import { toBotUser, toChat } from "./chats.ts";
import type { LocalChat } from "./chats.ts";
import { unixNow } from "./core.ts";
import type { Core } from "./core.ts";
import type { ReplyMarkup } from "./keyboards.ts";
import type { PageMessage } from "./page-api.ts";
import { flag, int, json } from "./params.ts";
import { badRequest, tooManyRequests } from "./refusal.ts";
import { chatState } from "./state.ts";

/** What a message says, without who, where and when. */
export type Content = Omit<
  PageMessage,
  "message_id" | "date" | "chat" | "from" | "sender_chat" | "author_signature" | "reply_to_message" | "reply_markup"
>;

/** `reply_parameters` of the sending methods. */
export const replyParameters = json(
  z.strictObject({
    message_id: int,
    chat_id: int.optional(),
    allow_sending_without_reply: flag.optional(),
  }),
).optional();
export type ReplyParameters = z.output<typeof replyParameters>;

/** The message of a chat, if it is still there. */
export const findMessage = (core: Core, chatId: number, messageId: number): PageMessage | undefined =>
  chatState(core.state, chatId).messages.get(messageId);

/** The message as the bot is shown it: only inline keyboards are part of it. */
export const toBotMessage = (message: PageMessage): Message => {
  const { reply_markup: markup, ...rest } = message;
  return markup && "inline_keyboard" in markup ? { ...rest, reply_markup: markup } : rest;
};

/** Takes the next message id of a chat. */
export const nextMessageId = (core: Core, chatId: number): number => chatState(core.state, chatId).lastMessageId + 1;

/** The message replied to as it stands inside the reply: without what it itself replies to. */
export const toReplied = (message: PageMessage): NonNullable<Message["reply_to_message"]> => {
  const { reply_to_message: _, ...shown } = toBotMessage(message);
  return shown as NonNullable<Message["reply_to_message"]>;
};

const findReplied = (core: Core, chat: LocalChat, reply: ReplyParameters): PageMessage | undefined => {
  if (!reply) return undefined;
  const replied = (reply.chat_id ?? chat.id) === chat.id ? findMessage(core, chat.id, reply.message_id) : undefined;
  if (!replied && !reply.allow_sending_without_reply) throw badRequest("message to be replied not found");
  return replied;
};

/** Counts messages against the bot's rates; refuses with 429 and counts nothing when there is no room. */
export const spendRate = (core: Core, chat: LocalChat, count: number, isPaid = false): void => {
  const seconds = core.limits.take(chat.id, count, core.now(), isPaid);
  if (seconds > 0) throw tooManyRequests(seconds);
};

/** Who a message of the bot is from: in a channel the channel itself speaks, unsigned where the bot does. */
const botSender = (core: Core, chat: LocalChat): Pick<PageMessage, "from" | "sender_chat"> =>
  chat.kind === "channel" ? { sender_chat: toChat(chat) } : { from: toBotUser(core) };

/** Whether the bot sent it. */
export const isBotsOwn = (core: Core, { chat, from, author_signature: signed }: PageMessage): boolean =>
  chat.type === "channel" ? signed === undefined : from?.id === core.settings.bot.id;

/** Puts messages of the bot into a chat it may write to, all or none. */
export const post = (
  core: Core,
  chat: LocalChat,
  contents: readonly Content[],
  options: { reply: ReplyParameters; markup?: ReplyMarkup | undefined; isPaid?: boolean | undefined },
): Message[] => {
  const replied = findReplied(core, chat, options.reply);
  spendRate(core, chat, contents.length, options.isPaid);
  return contents.map((content) => {
    const message: PageMessage = {
      message_id: nextMessageId(core, chat.id),
      ...botSender(core, chat),
      chat: toChat(chat),
      date: unixNow(core),
      ...(replied ? { reply_to_message: toReplied(replied) } : {}),
      ...content,
      ...(options.markup ? { reply_markup: options.markup } : {}),
    };
    core.record({ fact: "message", chatId: chat.id, message });
    core.events.emit({ type: "message", chatId: chat.id, message });
    return toBotMessage(message);
  });
};

/** Puts a changed message in the place of the old one and tells the page. */
export const replace = (core: Core, chatId: number, message: PageMessage): void => {
  core.record({ fact: "message", chatId, message });
  core.events.emit({ type: "edited", chatId, message });
};
