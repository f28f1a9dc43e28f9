import { randomBytes, randomInt } from "node:crypto";
import { findChat, findPerson, toBotUser, toChat, toChatMember, toPagePerson, toUser } from "./chats.ts";
import type { LocalChat } from "./chats.ts";
import { unixNow } from "./core.ts";
import type { Core } from "./core.ts";
import { findMessage, isBotsOwn, nextMessageId, replace, toBotMessage, toReplied } from "./messages.ts";
import type { Content } from "./messages.ts";
import type { PageMessage } from "./page-api.ts";
import { Refusal } from "./refusal.ts";
import { isExpired } from "./queries.ts";
import type { Person } from "./settings.ts";
import type { Fact } from "./state.ts";
import type { UpdateContent } from "./update-queue.ts";

/** A refusal of something a person does, in the words a Telegram app would get from its server. */
export const refuseAct = (words: string): Refusal => new Refusal(400, words);

/** A person and a chat they may write to; `anonymous` for a group's admin who writes as the group. */
export type Seat = { person: Person; chat: LocalChat; anonymous?: boolean };

/** Sits a person down in a chat; refused when they are not a member, or have stopped the bot. */
export const takeSeat = (core: Core, personId: number, chatId: number): Seat => {
  const person = findPerson(core, personId);
  const chat = findChat(core, chatId);
  if (!person) throw refuseAct("USER_ID_INVALID");
  if (!chat) throw refuseAct("PEER_ID_INVALID");
  if (chat.kind === "private") {
    if (chat.id !== person.id) throw refuseAct("PEER_ID_INVALID");
    if (core.state.people.get(person.id)?.blocked) throw refuseAct("YOU_BLOCKED_USER");
  } else if (chat.kind === "channel") {
    if (!chat.channel.adminIds.includes(person.id)) throw refuseAct("CHAT_WRITE_FORBIDDEN");
  } else if (![...chat.group.memberIds, ...chat.group.adminIds].includes(person.id)) {
    throw refuseAct("USER_NOT_PARTICIPANT");
  }
  return { person, chat };
};

/** Tells the bot, unless it has left the chat. */
const tellBot = (core: Core, chat: LocalChat, content: UpdateContent): void => {
  if (core.state.botInGroups.get(chat.id) !== "left") core.queue.add(content);
};

/** Who a message is from: an anonymous admin hides behind Telegram's stand-in bot and the group itself; a channel's posts are signed here. */
const toSender = ({
  person,
  chat,
  anonymous,
}: Seat): Pick<PageMessage, "from" | "sender_chat" | "author_signature"> => {
  if (chat.kind === "channel") {
    const signature = [person.firstName, person.lastName].filter(Boolean).join(" ");
    return { sender_chat: toChat(chat), author_signature: signature };
  }
  if (!anonymous) return { from: toUser(person) };
  if (chat.kind !== "group" || !chat.group.adminIds.includes(person.id)) throw refuseAct("CHAT_ADMIN_REQUIRED");
  const from = { id: 1087968824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" };
  return { from, sender_chat: toChat(chat) };
};

/** Puts a person's message into a chat and tells the bot; writing in private starts the bot. */
export const say = (core: Core, seat: Seat, content: Content, replyTo: number | undefined): number => {
  const { person, chat } = seat;
  const replied = replyTo === undefined ? undefined : findMessage(core, chat.id, replyTo);
  if (replyTo !== undefined && !replied) throw refuseAct("REPLY_MESSAGE_ID_INVALID");
  const message: PageMessage = {
    message_id: nextMessageId(core, chat.id),
    ...toSender(seat),
    chat: toChat(chat),
    date: unixNow(core),
    ...(replied ? { reply_to_message: toReplied(replied) } : {}),
    ...content,
  };
  core.record({ fact: "message", chatId: chat.id, message });
  if (chat.kind === "private" && !core.state.people.get(person.id)?.started) {
    core.record({ fact: "person", personId: person.id, started: true, blocked: false });
  }
  core.events.emit({ type: "message", chatId: chat.id, message });
  const told = toBotMessage(message);
  if (chat.kind === "channel")
    tellBot(core, chat, { channel_post: told as NonNullable<UpdateContent["channel_post"]> });
  else tellBot(core, chat, { message: told as NonNullable<UpdateContent["message"]> });
  return message.message_id;
};

const isOwn = (person: Person, { chat, from, author_signature: signed }: PageMessage): boolean =>
  chat.type === "channel" ? signed !== undefined : from?.id === person.id;

/** Changes the text or caption of a person's own message and tells the bot. */
export const rewrite = (core: Core, { person, chat }: Seat, messageId: number, content: Content): void => {
  const message = findMessage(core, chat.id, messageId);
  if (!message) throw refuseAct("MESSAGE_ID_INVALID");
  if (!isOwn(person, message)) throw refuseAct("MESSAGE_AUTHOR_REQUIRED");
  const { entities: _, caption: __, caption_entities: ___, ...kept } = message;
  if ((content.text ?? content.caption) === (message.text ?? message.caption)) throw refuseAct("MESSAGE_NOT_MODIFIED");
  const edited: PageMessage = { ...kept, ...content, edit_date: unixNow(core) };
  replace(core, chat.id, edited);
  const told = toBotMessage(edited);
  if (chat.kind === "channel") {
    tellBot(core, chat, { edited_channel_post: told as NonNullable<UpdateContent["edited_channel_post"]> });
  } else tellBot(core, chat, { edited_message: told as NonNullable<UpdateContent["edited_message"]> });
};

/** Presses an inline button. Any data may come, as a Telegram app can be made to send any: the bot must not trust it. */
export const press = (core: Core, { person, chat }: Seat, messageId: number, data: string): string => {
  const message = findMessage(core, chat.id, messageId);
  if (!message || !isBotsOwn(core, message)) throw refuseAct("MESSAGE_ID_INVALID");
  const bytes = Buffer.byteLength(data);
  if (bytes < 1 || bytes > 64) throw refuseAct("DATA_INVALID");
  const id = `${randomInt(10 ** 9, 10 ** 10)}${randomInt(10 ** 8, 10 ** 9)}`;
  const expired = [...core.state.queries.values()].filter((query) => isExpired(query, core.now()));
  core.record(...expired.map((query): Fact => ({ fact: "answered", queryId: query.id })));
  core.record({ fact: "query", query: { id, personId: person.id, chatId: chat.id, at: core.now().getTime() } });
  tellBot(core, chat, {
    callback_query: {
      id,
      from: toUser(person),
      message: toBotMessage(message),
      chat_instance: chatInstance(core, chat.id),
      data,
    },
  });
  return id;
};

/** The same number for every press in one chat, as Telegram's. */
const chatInstance = (core: Core, chatId: number): string =>
  String(BigInt(core.settings.bot.id) * 1_000_003n + BigInt(chatId) * 7_919n);

/** Stops the bot or lets it back in: the bot is told by `my_chat_member`. Doing it twice changes nothing. */
export const setBlocked = (core: Core, personId: number, blocked: boolean): void => {
  const person = findPerson(core, personId);
  if (!person) throw refuseAct("USER_ID_INVALID");
  const known = core.state.people.get(person.id) ?? { started: false, blocked: false };
  if (known.blocked === blocked) return;
  core.record({ fact: "person", personId: person.id, started: known.started, blocked });
  core.events.emit({ type: "person", person: toPagePerson(core, person) });
  const user = toBotUser(core);
  const member = { status: "member", user } as const;
  const kicked = { status: "kicked", user, until_date: 0 } as const;
  core.queue.add({
    my_chat_member: {
      chat: toChat({ kind: "private", id: person.id, person }),
      from: toUser(person),
      date: unixNow(core),
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    },
  });
};

/** Tells the bot of the groups and channels it is an administrator of and has not heard of before. */
export const joinGroups = (core: Core): void => {
  const { groups, channels = [] } = core.settings;
  const joined = [
    ...groups.map((group) => ({ adminIds: group.adminIds, chat: { kind: "group", id: group.id, group } as const })),
    ...channels
      .filter(({ bot }) => bot !== null)
      .map((channel) => ({
        adminIds: channel.adminIds,
        chat: { kind: "channel", id: channel.id, channel } as const,
      })),
  ];
  for (const { adminIds, chat } of joined) {
    const owner = adminIds.map((id) => findPerson(core, id)).find((person) => person !== undefined);
    if (core.state.botInGroups.has(chat.id) || !owner) continue;
    core.record({ fact: "botInGroup", chatId: chat.id, status: "administrator" });
    core.queue.add({
      my_chat_member: {
        chat: toChat(chat),
        from: toUser(owner),
        date: unixNow(core),
        old_chat_member: { status: "left", user: toBotUser(core) },
        new_chat_member: toChatMember(core, chat, core.settings.bot.id),
      },
    });
  }
};

/** A new id for what has none of its own, in the shape of Telegram's. */
export const newPollId = (): string => String(randomBytes(8).readBigUInt64BE() >> 1n);
