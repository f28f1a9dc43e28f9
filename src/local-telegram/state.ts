import type { BotCommand, Update } from "grammy/types";
import type { PageMessage } from "./page-api.ts";

/** A file this messenger keeps: a photo has one for every size. `path` is relative to the files folder. */
export type StoredFile = {
  fileId: string;
  uniqueId: string;
  kind: FileKind;
  path: string;
  bytes: number;
  width?: number;
  height?: number;
  name?: string;
  mime?: string;
  /** A photo's sizes, smallest first, by file id; on every one of them, so that any of them can be sent again. */
  sizes?: string[];
};
export type FileKind = "photo" | "document" | "voice" | "sticker" | "video";

/** The webhook as set by the bot. Times are Unix seconds. */
export type Webhook = {
  url: string;
  secretToken?: string;
  maxConnections: number;
  lastErrorAt?: number;
  lastErrorMessage?: string;
};

/** A press on an inline button that may still be answered. `at` is in milliseconds. */
export type Query = { id: string; personId: number; chatId: number; at: number };

/** One thing that happened, as it stands in the journal. The state is nothing but all of them applied in order. */
export type Fact =
  | { fact: "message"; chatId: number; message: PageMessage }
  | { fact: "deleted"; chatId: number; messageIds: number[] }
  | { fact: "lastMessageId"; chatId: number; messageId: number }
  | { fact: "pinned"; chatId: number; messageIds: number[] }
  | { fact: "person"; personId: number; started: boolean; blocked: boolean }
  | { fact: "botInGroup"; chatId: number; status: "administrator" | "left" }
  | { fact: "update"; update: Update; at: number }
  | { fact: "confirmed"; updateIds: number[] }
  | { fact: "lastUpdate"; updateId: number; at: number }
  | { fact: "allowedUpdates"; kinds: string[] }
  | { fact: "webhook"; webhook: Webhook | null }
  | { fact: "query"; query: Query }
  | { fact: "answered"; queryId: string }
  | { fact: "commands"; key: string; commands: BotCommand[] | null }
  | { fact: "file"; file: StoredFile };

export type ChatState = { lastMessageId: number; messages: Map<number, PageMessage>; pinned: number[] };

export type State = {
  chats: Map<number, ChatState>;
  people: Map<number, { started: boolean; blocked: boolean }>;
  botInGroups: Map<number, "administrator" | "left">;
  /** Updates the bot has not confirmed yet, oldest first, with the moment they were made (ms). */
  updates: Map<number, { update: Update; at: number }>;
  lastUpdate: { updateId: number; at: number } | null;
  /** What the bot asked to be told; empty means Telegram's default set. */
  allowedUpdates: string[];
  webhook: Webhook | null;
  queries: Map<string, Query>;
  commands: Map<string, BotCommand[]>;
  files: Map<string, StoredFile>;
};

/** A messenger nobody has used yet. */
export const emptyState = (): State => ({
  chats: new Map(),
  people: new Map(),
  botInGroups: new Map(),
  updates: new Map(),
  lastUpdate: null,
  allowedUpdates: [],
  webhook: null,
  queries: new Map(),
  commands: new Map(),
  files: new Map(),
});

/** The chat's part of the state; made empty at the first touch. */
export const chatState = (state: State, chatId: number): ChatState => {
  const known = state.chats.get(chatId);
  if (known) return known;
  const fresh: ChatState = { lastMessageId: 0, messages: new Map(), pinned: [] };
  state.chats.set(chatId, fresh);
  return fresh;
};

/** Changes the state by one fact; the same code runs when a fact happens and when the journal is read back. */
export const apply = (state: State, fact: Fact): void => {
  switch (fact.fact) {
    case "message": {
      const chat = chatState(state, fact.chatId);
      chat.messages.set(fact.message.message_id, fact.message);
      chat.lastMessageId = Math.max(chat.lastMessageId, fact.message.message_id);
      return;
    }
    case "deleted": {
      const chat = chatState(state, fact.chatId);
      for (const id of fact.messageIds) chat.messages.delete(id);
      chat.pinned = chat.pinned.filter((id) => !fact.messageIds.includes(id));
      return;
    }
    case "lastMessageId":
      chatState(state, fact.chatId).lastMessageId = fact.messageId;
      return;
    case "pinned":
      chatState(state, fact.chatId).pinned = fact.messageIds;
      return;
    case "person":
      state.people.set(fact.personId, { started: fact.started, blocked: fact.blocked });
      return;
    case "botInGroup":
      state.botInGroups.set(fact.chatId, fact.status);
      return;
    case "update":
      state.updates.set(fact.update.update_id, { update: fact.update, at: fact.at });
      state.lastUpdate = { updateId: fact.update.update_id, at: fact.at };
      return;
    case "confirmed":
      for (const id of fact.updateIds) state.updates.delete(id);
      return;
    case "lastUpdate":
      state.lastUpdate = { updateId: fact.updateId, at: fact.at };
      return;
    case "allowedUpdates":
      state.allowedUpdates = fact.kinds;
      return;
    case "webhook":
      state.webhook = fact.webhook;
      return;
    case "query":
      state.queries.set(fact.query.id, fact.query);
      return;
    case "answered":
      state.queries.delete(fact.queryId);
      return;
    case "commands":
      if (fact.commands === null) state.commands.delete(fact.key);
      else state.commands.set(fact.key, fact.commands);
      return;
    case "file":
      state.files.set(fact.file.fileId, fact.file);
      return;
  }
};

/** The shortest journal that leads to this state. */
export const toFacts = (state: State): Fact[] => {
  const facts: Fact[] = [];
  for (const file of state.files.values()) facts.push({ fact: "file", file });
  for (const [chatId, chat] of state.chats) {
    for (const message of chat.messages.values()) facts.push({ fact: "message", chatId, message });
    facts.push({ fact: "lastMessageId", chatId, messageId: chat.lastMessageId });
    facts.push({ fact: "pinned", chatId, messageIds: chat.pinned });
  }
  for (const [personId, person] of state.people) facts.push({ fact: "person", personId, ...person });
  for (const [chatId, status] of state.botInGroups) facts.push({ fact: "botInGroup", chatId, status });
  for (const { update, at } of state.updates.values()) facts.push({ fact: "update", update, at });
  if (state.lastUpdate) facts.push({ fact: "lastUpdate", ...state.lastUpdate });
  facts.push({ fact: "allowedUpdates", kinds: state.allowedUpdates });
  if (state.webhook) facts.push({ fact: "webhook", webhook: state.webhook });
  for (const query of state.queries.values()) facts.push({ fact: "query", query });
  for (const [key, commands] of state.commands) facts.push({ fact: "commands", key, commands });
  return facts;
};
