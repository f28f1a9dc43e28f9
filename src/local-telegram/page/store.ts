/** What the page knows: the chats as the messenger reports them, and who wants to hear of changes. */
import type { ChatMessages, PageEvent, PageMessage, World } from "../page-api.ts";

export type Chat = {
  id: number;
  /** In the order they were sent. */
  messages: Map<number, PageMessage>;
  pinnedId: number | null;
  /** What the bot is seen doing, e.g. `typing`, or null. */
  doing: string | null;
};

export type Store = {
  world: World;
  chat: (chatId: number) => Chat;
  load: (chatId: number, answer: ChatMessages) => void;
  apply: (event: PageEvent) => void;
  /** Calls `listener` after each change; returns how to stop it. */
  listen: (listener: (event: PageEvent) => void) => () => void;
};

// Telegram's clients forget a chat action after five seconds unless it is repeated.
const doingMs = 5_000;

const isFromBot = (message: PageMessage, world: World): boolean => message.from?.id === world.bot.id;

/** An empty store for the people and groups of `world`. */
export const createStore = (world: World): Store => {
  const chats = new Map<number, Chat>();
  const listeners = new Set<(event: PageEvent) => void>();
  const timers = new Map<number, number>();

  const chat = (id: number): Chat => {
    const known = chats.get(id);
    if (known !== undefined) return known;
    const fresh: Chat = { id, messages: new Map(), pinnedId: null, doing: null };
    chats.set(id, fresh);
    return fresh;
  };

  const tell = (event: PageEvent): void => listeners.forEach((listener) => listener(event));

  const setDoing = (chatId: number, action: string | null): void => {
    window.clearTimeout(timers.get(chatId));
    chat(chatId).doing = action;
    if (action === null) return;
    timers.set(
      chatId,
      window.setTimeout(() => {
        chat(chatId).doing = null;
        tell({ type: "typing", chatId, action: "" });
      }, doingMs),
    );
  };

  const apply = (event: PageEvent): void => {
    switch (event.type) {
      case "message":
        chat(event.chatId).messages.set(event.message.message_id, event.message);
        if (isFromBot(event.message, world)) setDoing(event.chatId, null);
        break;
      case "edited":
        // An edit of a message older than the page's first screenful is not news to this page.
        if (chat(event.chatId).messages.has(event.message.message_id))
          chat(event.chatId).messages.set(event.message.message_id, event.message);
        break;
      case "deleted":
        for (const id of event.messageIds) chat(event.chatId).messages.delete(id);
        break;
      case "typing":
        setDoing(event.chatId, event.action === "cancel" ? null : event.action);
        break;
      case "pinned":
        chat(event.chatId).pinnedId = event.messageId === 0 ? null : event.messageId;
        break;
      case "person":
        world.people = world.people.map((person) => (person.id === event.person.id ? event.person : person));
        break;
      case "answered":
      case "commands":
        break;
    }
    tell(event);
  };

  return {
    world,
    chat,
    load: (chatId, answer) => {
      const loaded = chat(chatId);
      for (const message of answer.messages) loaded.messages.set(message.message_id, message);
      loaded.pinnedId = answer.pinnedMessageId ?? null;
    },
    apply,
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
