import type { Point } from "../city/schema.ts";
import type { Photo, Place } from "./draft.ts";

/** What people send that no question takes; each has its own explanation. */
export const WRONG_KINDS = [
  ...(["voice", "video", "sticker", "poll", "contact", "file", "tooLarge", "other"] as const),
  /** A picture, as a file of a kind that only some programs open: an iPhone's HEIC above all. */
  "format",
] as const;
export type WrongKind = (typeof WRONG_KINDS)[number];

/** A resident's message or press, without Telegram. Texts are trimmed and not empty. */
export type Input =
  | { kind: "text"; text: string; messageId: number }
  | { kind: "photo"; photo: Photo; caption: string | null; albumId: string | null; messageId: number }
  | { kind: "location"; point: Point; address: string | null; source: Exclude<Place["source"], "typed"> }
  /** `turn` is the one the button was shown in. */
  | { kind: "press"; turn: number; press: string }
  /** The new text or caption of a message sent before. */
  | { kind: "edited"; text: string; messageId: number }
  /** A link to the form for one topic. */
  | { kind: "topic"; topicId: string }
  /** `caption` is what was written under it, and is no less worth for that. */
  | { kind: "wrong"; what: WrongKind; caption: string | null; messageId: number }
  /** Asks what is asked now, changing nothing. */
  | { kind: "show" };
