import type { Chat, ChatMember, User, UserFromGetMe } from "grammy/types";
import type { Core } from "./core.ts";
import type { PagePerson } from "./page-api.ts";
import { badRequest, forbidden } from "./refusal.ts";
import type { Group, Person } from "./settings.ts";

/** A chat of this messenger: a person's private one with the bot, or a group. */
export type LocalChat = { kind: "private"; id: number; person: Person } | { kind: "group"; id: number; group: Group };

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
export const toChat = (chat: LocalChat): Chat.PrivateChat | Chat.SupergroupChat => {
  if (chat.kind === "group") return { id: chat.id, type: "supergroup", title: chat.group.title };
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
  return group ? { kind: "group", id, group } : undefined;
};

/** The chat a method names; refused as Telegram does when it is unknown or was left. */
export const getChat = (core: Core, id: number | string | undefined): LocalChat => {
  if (id === undefined || id === "") throw badRequest("chat_id is empty");
  const chat = typeof id === "number" ? findChat(core, id) : undefined;
  if (!chat) throw badRequest("chat not found");
  if (chat.kind === "group" && core.state.botInGroups.get(chat.id) === "left") {
    throw forbidden("bot is not a member of the supergroup chat");
  }
  return chat;
};

/** A chat the bot may write to now: not one with a person who blocked it, or never wrote to it. */
export const getOpenChat = (core: Core, id: number | string | undefined): LocalChat => {
  const chat = getChat(core, id);
  if (chat.kind === "private") {
    const person = core.state.people.get(chat.id);
    if (!person?.started) throw forbidden("bot can't initiate conversation with a user");
    if (person.blocked) throw forbidden("bot was blocked by the user");
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
  if (isBot) return administrator(user);
  const { group } = chat;
  if (group.adminIds[0] === userId) return { status: "creator", user, is_anonymous: false };
  if (group.adminIds.includes(userId)) return administrator(user);
  return group.memberIds.includes(userId) ? { status: "member", user } : { status: "left", user };
};
