/** What a message to a person is, before it becomes Telegram's: `bot/send.ts` is the only place that knows how it is sent. */
import type { FormattedString } from "@grammyjs/parse-mode";
import type { Pair } from "../report/photo.ts";

/**
 * What a button does when pressed. It names things and never carries a right: whoever presses is checked anew.
 * Every string in it is ASCII, so that `bot/callback-data.ts` can pack it into Telegram's 64 bytes.
 */
export type ButtonAct =
  /** A step of the form; `version` is the draft's `turn` when the button was shown, `press` the form's own word for the choice. */
  | { kind: "form"; version: number; press: string }
  /** The same of an officer's answer to a report. */
  | { kind: "answer"; reportId: number; version: number; press: string }
  /** An act on a report, or the choice that leads to it; `version` is the report's when the button was shown. */
  | { kind: "report"; act: string; reportId: number; version: number; option?: string }
  /** Going somewhere without changing anything: a page of a list, a card. */
  | { kind: "go"; to: string; option?: string };

/**
 * A picture as Telegram holds it; `document` is an image sent as a file, which can only be sent on as one. One that came over the web
 * is sent as our own copy.
 */
export type Picture = { fileId: string; kind: "photo" | "document" } | { storedAs: string; kind: "own" };

export type Button = { label: string; act: ButtonAct } | { label: string; url: string };

/** What the buttons say is sent as a text; `location` sends where the phone is instead. `once` folds it after the first use. */
export type Keyboard = { rows: readonly (readonly { label: string; asks?: "location" }[])[]; once?: boolean };

export type OutMessage = {
  text: FormattedString;
  /** Sent first, as one album or picture; the text then replies to it, since an album has no buttons and a caption holds 1024. */
  photos?: readonly Picture[];
  buttons?: readonly (readonly Button[])[];
  /** Stands below the line people type in; only in private chats and only without `buttons`, since a message has one or the other. */
  keyboard?: Keyboard;
  /** Wants a reply to this very message: Telegram opens it at once, with these words where one types; not together with `buttons`. */
  asks?: string;
  /** The number of the report it is about, so that a reply to it finds the report; a notice of a report need not say it. */
  about?: number;
  /** A file that is sent with it, and then instead of photos and keyboards; the text is its caption. */
  file?: { name: string; content: string };
  /** A picture drawn just for it, a PNG, with this text as its caption. */
  drawn?: Uint8Array;
  /** Two of our own copies, sent as one picture with this text as its caption; without the picture when one of them is gone. */
  pair?: Pair;
  /** The text is the caption of the photos, cut at what a caption holds: a channel's post, below which nobody presses anything. */
  isPost?: true;
  /** Arrives without a sound. */
  isQuiet?: boolean;
  /** The message of this chat it goes on from. */
  repliesTo?: number;
  /** Whether Telegram shows a glimpse of the first link; not unless asked for. */
  linkPreview?: boolean;
};
