/**
 * What the chat page and the local messenger say to each other, over HTTP under `/chat/api/`.
 * Messages are Bot API `Message` objects as they are, so the page shows exactly what a Telegram client would be sent.
 */
import type {
  BotCommand,
  ForceReply,
  InlineKeyboardMarkup,
  Message,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from "grammy/types";

/**
 * A message as a person's app is sent it: unlike the Bot API's answer, it also carries the reply keyboard
 * (`reply_markup.keyboard`, `reply_markup.remove_keyboard` or `reply_markup.force_reply`).
 */
export type PageMessage = Omit<Message, "reply_markup"> & {
  reply_markup?: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;
};

/** One of the people on the screen. `id` is at once the Telegram user id and the id of their private chat with the bot. */
export type PagePerson = {
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  /** IETF tag the person's app would send, e.g. `ru`. */
  languageCode: string;
  /** Shown under the name, per interface language, e.g. `{ ru: "редактор", en: "editor" }`. */
  caption: Readonly<Record<string, string>>;
  /** The person has stopped the bot (403 for the bot until unblocked). */
  blocked: boolean;
};

export type PageGroup = { id: number; title: string; memberIds: number[]; adminIds: number[] };

/** A channel, which is only read here. */
export type PageChannel = { id: number; title: string; username?: string; subscribers: number };

/** A plain map to pick a place on: polygons with names, streets as lines, and where to start. Degrees, WGS 84, `[lon, lat]`. */
export type PageMap = {
  districts: { name: string; rings: [number, number][][] }[];
  streets: { name: string; line: [number, number][] }[];
  center: [number, number];
};

/** What can be done to the world as a whole. `GET /chat/api/tools` tells, `POST /chat/api/tools/<id>` does one of them and answers with the menu as it is then. */
export type PageToolMenu = {
  title: Readonly<Record<string, string>>;
  /** How things stand, shown beside the menu. */
  status: Readonly<Record<string, string>>;
  tools: { id: string; label: Readonly<Record<string, string>> }[];
};

/** `GET /chat/api/world?locale=ru`: everything needed to draw the page the first time. */
export type World = {
  bot: { id: number; username: string; firstName: string };
  people: PagePerson[];
  groups: PageGroup[];
  channels: PageChannel[];
  map: PageMap;
  /** Files offered instead of an upload; `GET /chat/api/shelf/<id>` is the JPEG. */
  shelf: { id: string; title: Readonly<Record<string, string>> }[];
  /** The page's own menu; null when there is none. */
  tools: PageToolMenu | null;
  /** Sequence number of the newest page event contained in this answer; pass it as `after` to the event stream. */
  lastEventId: number;
};

/**
 * `GET /chat/api/messages?chat=<id>`: the newest `limit` (default 200) messages of a chat, oldest first.
 * Unlike a bot, a client also sees reply keyboards: `reply_markup` of a message may hold `keyboard`, `remove_keyboard` or `force_reply` as the bot sent it (here and in events).
 * The bytes of a photo or file are at `GET /chat/api/file/<file_id>`.
 */
export type ChatMessages = { messages: PageMessage[]; pinnedMessageId?: number };

/** `GET /chat/api/commands?chat=<id>&person=<id>`: the command menu this person sees in this chat, resolved by Telegram's scope order. */
export type ChatCommands = { commands: BotCommand[] };

/**
 * `GET /chat/api/events?after=<id>`: server-sent events, `id:` is the sequence number, `data:` one of these as JSON.
 * When what came after `after` is no longer remembered, one event named `reset` comes first: load the world again.
 */
export type PageEvent =
  | { type: "message"; chatId: number; message: PageMessage }
  | { type: "edited"; chatId: number; message: PageMessage }
  | { type: "deleted"; chatId: number; messageIds: number[] }
  | { type: "typing"; chatId: number; action: string }
  /** The bot answered a press; `alert` shows a box, otherwise a short toast; empty text just ends the spinner. */
  | { type: "answered"; chatId: number; personId: number; queryId: string; text: string; alert: boolean }
  | { type: "pinned"; chatId: number; messageId: number }
  | { type: "commands" }
  | { type: "person"; person: PagePerson };

/** A photo or file of one's own goes as multipart field `file0…file9`; one from the shelf by its id. */
export type PagePhoto = { upload: string } | { shelf: string };

/** `POST /chat/api/do`: one thing a person does in their Telegram app. Multipart (field `action` holds this JSON) when files ride along, else JSON. */
export type PageAction =
  /** `anonymous`: an admin of a group writes as the group, and the bot cannot tell who it was. */
  | { do: "text"; personId: number; chatId: number; text: string; replyTo?: number; anonymous?: boolean }
  /** Several photos become an album: one message each, one `media_group_id`; the caption stands on the first. */
  | { do: "photos"; personId: number; chatId: number; photos: PagePhoto[]; caption?: string; replyTo?: number }
  /** An image sent «as a file». */
  | { do: "document"; personId: number; chatId: number; file: PagePhoto; caption?: string; replyTo?: number }
  | {
      do: "location";
      personId: number;
      chatId: number;
      lat: number;
      lon: number;
      /** A venue when given. */
      title?: string;
      address?: string;
      /** Live location, seconds. */
      livePeriod?: number;
      replyTo?: number;
    }
  | { do: "contact"; personId: number; chatId: number; phone: string }
  /** Voice, sticker, video, poll: what a form must refuse kindly. */
  | { do: "other"; personId: number; chatId: number; kind: "voice" | "sticker" | "video" | "poll" }
  | { do: "press"; personId: number; chatId: number; messageId: number; data: string }
  | { do: "edit"; personId: number; chatId: number; messageId: number; text: string }
  | { do: "block"; personId: number }
  | { do: "unblock"; personId: number };

/** Answer to `POST /chat/api/do`. `queryId` is set for a press; a refusal (HTTP 400) carries Telegram's words. */
export type PageActionResult =
  { ok: true; messageIds: number[]; queryId?: string } | { ok: false; description: string };
