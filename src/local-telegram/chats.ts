import type { Chat, ChatMember, User, UserFromGetMe } from "grammy/types";
import type { Core } from "./core.ts";
import type { PagePerson } from "./page-api.ts";
import { badRequest, forbidden } from "./refusal.ts";
import type { Channel, ChannelRights, Group, Person } from "./settings.ts";

/** A chat of this messenger: a person's private one with the bot, a group, or a channel. */
export type LocalChat =
  | { kind: "private"; id: number; person: Person }
  | { kind: "group"; id: number; group: Group }
  | { kind: "channel"; id: number; channel: Channel };

/** The bot as `from` of its messages. */
export const toBotUser = ({ settings: { bot } }: Core): User => ({
  id: bot.id,
  is_bot: true,
  first_name: bot.firstName,
  username: bot.username,
});

/** The bot as getMe shows it. */
export const toMe = (core: Core): UserFromGetMe => ({
  id: core.settings.bot.id,
  is_bot: true,
  first_name: core.settings.bot.firstName,
  username: core.settings.bot.username,
  can_join_groups: true,
  can_read_all_group_messages: true,
  can_manage_bots: false,
  supports_guest_queries: false,
  supports_inline_queries: false,
  supports_join_request_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
});

/** A person as `from` of what they do. */
export const toUser = (person: Person): User => ({
  id: person.id,
  is_bot: false,
  first_name: person.firstName,
  ...(person.lastName ? { last_name: person.lastName } : {}),
  ...(person.username ? { username: person.username } : {}),
  language_code: person.languageCode,
});

/** The chat as every message carries it. */
export const toChat = (chat: LocalChat): Chat.PrivateChat | Chat.SupergroupChat | Chat.ChannelChat => {
  if (chat.kind === "group") return { id: chat.id, type: "supergroup", title: chat.group.title };
  if (chat.kind === "channel") {
    const { title, username } = chat.channel;
    return { id: chat.id, type: "channel", title, ...(username === undefined ? {} : { username }) };
  }
  const { person } = chat;
  return {
    id: chat.id,
    type: "private",
    first_name: person.firstName,
    ...(person.lastName ? { last_name: person.lastName } : {}),
    ...(person.username ? { username: person.username } : {}),
  };
};

/** The person of this id, if they live here. */
export const findPerson = (core: Core, id: number): Person | undefined =>
  core.settings.people.find((person) => person.id === id);

/** The person as the page shows them. */
export const toPagePerson = (core: Core, person: Person): PagePerson => ({
  ...person,
  blocked: core.state.people.get(person.id)?.blocked ?? false,
});

/** The chat of this id, if there is one. */
export const findChat = (core: Core, id: number): LocalChat | undefined => {
  const person = findPerson(core, id);
  if (person) return { kind: "private", id, person };
  const group = core.settings.groups.find((known) => known.id === id);
  if (group) return { kind: "group", id, group };
  const channel = core.settings.channels?.find((known) => known.id === id);
  return channel && { kind: "channel", id, channel };
};

/** What the bot may do in a channel now; null when it is not in it. */
export const channelRights = (core: Core, channel: Channel): ChannelRights | null =>
  core.state.botInGroups.get(channel.id) === "left" || channel.bot === null
    ? null
    : (channel.bot ?? { mayPost: true, mayEdit: true, mayDelete: true });

const findByName = (core: Core, name: string): LocalChat | undefined => {
  const wanted = name.replace(/^@/, "").toLowerCase();
  const channel = core.settings.channels?.find(({ username }) => username?.toLowerCase() === wanted);
  return channel && { kind: "channel", id: channel.id, channel };
};

/** The chat a method names; refused as Telegram does when it is unknown or was left. Anybody may look at a public channel. */
export const getChat = (core: Core, id: number | string | undefined): LocalChat => {
  if (id === undefined || id === "") throw badRequest("chat_id is empty");
  const chat = typeof id === "number" ? findChat(core, id) : findByName(core, id);
  if (!chat) throw badRequest("chat not found");
  if (chat.kind === "group" && core.state.botInGroups.get(chat.id) === "left") {
    throw forbidden("bot is not a member of the supergroup chat");
  }
  if (chat.kind === "channel" && chat.channel.username === undefined && channelRights(core, chat.channel) === null) {
    throw forbidden("bot is not a member of the channel chat");
  }
  return chat;
};

/** A chat the bot may write to now: not one with a person who blocked it, or never wrote to it, nor a channel where it may not post. */
export const getOpenChat = (core: Core, id: number | string | undefined): LocalChat => {
  const chat = getChat(core, id);
  if (chat.kind === "private") {
    const person = core.state.people.get(chat.id);
    if (!person?.started) throw forbidden("bot can't initiate conversation with a user");
    if (person.blocked) throw forbidden("bot was blocked by the user");
  }
  if (chat.kind === "channel") {
    const rights = channelRights(core, chat.channel);
    if (rights === null) throw forbidden("bot is not a member of the channel chat");
    if (!rights.mayPost) throw badRequest("need administrator rights in the channel chat");
  }
  return chat;
};

/** The bot's rights in its groups: everything an administrator can have. */
const administrator = (user: User): ChatMember => ({
  status: "administrator",
  user,
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: true,
  can_edit_stories: true,
  can_delete_stories: true,
  can_pin_messages: true,
  can_manage_topics: false,
  can_send_welcome_messages: false,
});

/** An administrator of a channel, with these rights. */
const channelAdministrator = (user: User, { mayPost, mayEdit, mayDelete }: ChannelRights): ChatMember => ({
  status: "administrator",
  user,
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: mayDelete,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: true,
  can_post_messages: mayPost,
  can_edit_messages: mayEdit,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_send_welcome_messages: false,
});

/** The first admin is the owner. Who reads a channel only its administrators are told. */
const toSubscriber = (core: Core, channel: Channel, user: User): ChatMember => {
  const rights = channelRights(core, channel);
  if (rights === null) throw badRequest("member list is inaccessible");
  if (user.id === core.settings.bot.id) return channelAdministrator(user, rights);
  if (channel.adminIds[0] === user.id) return { status: "creator", user, is_anonymous: false };
  if (channel.adminIds.includes(user.id)) {
    return channelAdministrator(user, { mayPost: true, mayEdit: true, mayDelete: true });
  }
  return channel.subscriberIds.includes(user.id) ? { status: "member", user } : { status: "left", user };
};

/** How someone stands in a chat; the first admin of a group is its owner. */
export const toChatMember = (core: Core, chat: LocalChat, userId: number): ChatMember => {
  const isBot = userId === core.settings.bot.id;
  const person = isBot ? undefined : findPerson(core, userId);
  if (!isBot && !person) throw badRequest("user not found");
  const user = person ? toUser(person) : toBotUser(core);
  if (chat.kind === "private") {
    if (!isBot && userId !== chat.id) throw badRequest("member not found");
    return { status: "member", user };
  }
  if (chat.kind === "channel") return toSubscriber(core, chat.channel, user);
  if (isBot) return administrator(user);
  const { group } = chat;
  if (group.adminIds[0] === userId) return { status: "creator", user, is_anonymous: false };
  if (group.adminIds.includes(userId)) return administrator(user);
  return group.memberIds.includes(userId) ? { status: "member", user } : { status: "left", user };
};
