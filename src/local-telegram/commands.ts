import type { BotCommand } from "grammy/types";
import { z } from "zod";
import { getChat, toChatMember } from "./chats.ts";
import type { LocalChat } from "./chats.ts";
import type { Core } from "./core.ts";
import { int } from "./params.ts";
import type { Person } from "./settings.ts";
import { badRequest } from "./refusal.ts";

const chatParam = z.union([int, z.string()]);

/** To whom a list of commands belongs. */
export const commandScope = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["default", "all_private_chats", "all_group_chats", "all_chat_administrators"]) }),
  z.strictObject({ type: z.literal("chat"), chat_id: chatParam }),
  z.strictObject({ type: z.literal("chat_administrators"), chat_id: chatParam }),
  z.strictObject({ type: z.literal("chat_member"), chat_id: chatParam, user_id: int }),
]);
export type CommandScope = z.output<typeof commandScope>;

/** Two letters of ISO 639-1, or nothing for everybody whose language has no list of its own. */
export const languageCode = z.string().default("");

const toKey = (type: string, ids: readonly number[], language: string): string => [type, ...ids, language].join(":");

/** The place of a list in the state; refuses scopes and languages Telegram does not know. */
export const commandKey = (core: Core, scope: CommandScope | undefined, language: string): string => {
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest("invalid language code specified");
  if (!scope) return toKey("default", [], language);
  switch (scope.type) {
    case "default":
    case "all_private_chats":
    case "all_group_chats":
    case "all_chat_administrators":
      return toKey(scope.type, [], language);
    case "chat": {
      const chat = getChat(core, scope.chat_id);
      if (chat.kind === "channel") throw badRequest("can't change commands in channel chats");
      return toKey(scope.type, [chat.id], language);
    }
    case "chat_administrators":
    case "chat_member": {
      const chat = getChat(core, scope.chat_id);
      if (chat.kind === "private") throw badRequest("can't use specified scope in private chats");
      if (chat.kind === "channel") throw badRequest("can't change commands in channel chats");
      if (scope.type === "chat_administrators") return toKey(scope.type, [chat.id], language);
      toChatMember(core, chat, scope.user_id);
      return toKey(scope.type, [chat.id, scope.user_id], language);
    }
  }
};

/** The menu a person sees in a chat: the first list set along Telegram's order of scopes, the person's language first in each. */
export const commandsFor = (core: Core, chat: LocalChat, person: Person): BotCommand[] => {
  if (chat.kind === "channel") return [];
  const scopes: [string, number[]][] = [];
  if (chat.kind === "private") {
    scopes.push(["chat", [chat.id]], ["all_private_chats", []]);
  } else {
    const isAdmin = chat.group.adminIds.includes(person.id);
    scopes.push(["chat_member", [chat.id, person.id]]);
    if (isAdmin) scopes.push(["chat_administrators", [chat.id]]);
    scopes.push(["chat", [chat.id]]);
    if (isAdmin) scopes.push(["all_chat_administrators", []]);
    scopes.push(["all_group_chats", []]);
  }
  scopes.push(["default", []]);
  const language = person.languageCode.slice(0, 2).toLowerCase();
  for (const [type, ids] of scopes) {
    const list = core.state.commands.get(toKey(type, ids, language)) ?? core.state.commands.get(toKey(type, ids, ""));
    if (list) return list;
  }
  return [];
};
