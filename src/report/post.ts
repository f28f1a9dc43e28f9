/** The city's channel: what is posted there of a report, and after which events its posts are looked at again. */
import type { EventKind } from "./event.ts";

/** `answer`: an agency's answer was published; `confirmed`: residents confirmed it. At most one of each a cycle. */
export const POST_KINDS = ["answer", "confirmed"] as const;
export type PostKind = (typeof POST_KINDS)[number];

/** By the event, the post that may be new then; null: those that stand may have to say something else, or go. */
const POSTED_ON: Partial<Record<EventKind, PostKind | null>> = {
  published: "answer",
  closed: "confirmed",
  disputed: null,
  reopened: null,
  undone: null,
  photo_hidden: null,
  photo_shown: null,
};

/** The post that may be new after such an event, null for none; undefined where the channel has nothing to do with it. */
export const freshPostOf = (kind: EventKind): PostKind | null | undefined => POSTED_ON[kind];
