import type { MessageEntity } from "grammy/types";

type FoundType = "url" | "email" | "mention" | "bot_command" | "hashtag";

// The order is the precedence: what stands inside something found earlier is not found again.
const patterns: readonly [FoundType, RegExp][] = [
  ["url", /(?<![\p{L}\p{N}@./])(?:https?:\/\/[^\s<>"«»]+|(?:t\.me|telegram\.me)\/[^\s<>"«»]+)/giu],
  ["email", /(?<![\p{L}\p{N}._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/gu],
  ["mention", /(?<![\p{L}\p{N}_@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?![A-Za-z0-9_])/gu],
  ["bot_command", /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{5,32})?(?![\p{L}\p{N}_/<>])/gu],
  ["hashtag", /(?<![\p{L}\p{N}_#])#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*/gu],
];

/** Commands, mentions, links, hashtags and e-mail addresses of a text, in order; what apps make clickable by themselves. */
export const detectEntities = (text: string): MessageEntity[] => {
  const found: MessageEntity[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      // A full stop or bracket that ends the sentence is not part of the link.
      const length = type === "url" ? match[0].replace(/[.,:;!?)\]}'"]+$/u, "").length : match[0].length;
      const end = match.index + length;
      const taken = found.some((other) => other.offset < end && match.index < other.offset + other.length);
      if (!taken) found.push({ type, offset: match.index, length });
    }
  }
  return found.toSorted((a, b) => a.offset - b.offset);
};
