/** How a message leaves and what became of it: the contract between whoever has something to say and `bot/send.ts`. */
import type { OutMessage } from "./message.ts";

/** A new message, or the new content of one that stands; photos of an edited message stay as they are. */
export type Outgoing = {
  chatId: number;
  message: OutMessage;
  /** The message to rewrite, and what to do when it is gone or too old for that; `isCaption`: what it says stands below a picture. */
  edit?: { messageId: number; whenGone: "send" | "nothing"; isCaption?: boolean };
  /** The messages to take back; nothing is said instead, and they are `missing` then. */
  remove?: readonly number[];
};

export type Sent =
  /** `messageId` is the message that holds the text and the buttons, `pictureIds` are those of its pictures. */
  | { kind: "sent"; messageId: number; pictureIds?: readonly number[] }
  /** The message to edit is gone, or was to be removed, and nothing was sent instead. */
  | { kind: "missing" }
  /** Not now: Telegram named the seconds, or (null) it could not be reached. */
  | { kind: "retry"; afterSeconds: number | null }
  /** Its pictures cannot be had just now, for this cause of our own or because Telegram does not hand them out; nothing was sent. */
  | { kind: "pictures_away"; cause: unknown }
  /** Nobody is there until Telegram says otherwise. */
  | { kind: "gone"; reason: "blocked" | "no_chat"; words: string }
  /** The group became a supergroup and lives under another id. */
  | { kind: "migrated"; chatId: number }
  /** Telegram will never take this message; its words tell why. */
  | { kind: "refused"; words: string };

/** Sends or edits one message. Never throws for anything Telegram, the network or the store of pictures does. */
export type Send = (outgoing: Outgoing) => Promise<Sent>;
