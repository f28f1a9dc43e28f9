import type { MessageEntity } from "grammy/types";
import { z } from "zod";
import { isDeepLinkSound } from "./deep-links.ts";
import { detectEntities } from "./entity-detection.ts";
import { parseHtml } from "./parse-html.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { badRequest } from "./refusal.ts";

/** Text with its entities; offsets and lengths are in UTF-16 code units. */
export type FormattedText = { text: string; entities: MessageEntity[] };

/** What a method got for a text or a caption. */
export type TextParams = { text: string; parseMode?: string | undefined; entities?: unknown };

const plainTypes = [
  "mention",
  "hashtag",
  "cashtag",
  "bot_command",
  "url",
  "email",
  "phone_number",
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "blockquote",
  "expandable_blockquote",
  "code",
] as const;
const span = { offset: z.int(), length: z.int() };

/** An entity as a method takes it. */
const entitySchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(plainTypes), ...span }),
  z.strictObject({ type: z.literal("pre"), language: z.string().optional(), ...span }),
  z.strictObject({ type: z.literal("text_link"), url: z.string(), ...span }),
  z.strictObject({ type: z.literal("text_mention"), user: z.looseObject({ id: z.int() }), ...span }),
]);

const parseEntities = (given: unknown): MessageEntity[] => {
  const parsed = z.array(entitySchema).safeParse(given);
  if (parsed.success) return parsed.data as MessageEntity[];
  const [issue] = parsed.error.issues;
  if (issue?.path.at(-1) === "type") throw badRequest("can't parse MessageEntity: Unsupported type specified");
  if (issue?.code === "unrecognized_keys") {
    throw badRequest(`can't parse MessageEntity: unknown field "${issue.keys.join('", "')}"`);
  }
  const field = String(issue?.path.at(-1) ?? "entities");
  throw badRequest(`can't parse MessageEntity: Can't find field "${field}"`);
};

const endOf = (entity: MessageEntity): number => entity.offset + entity.length;

const isInsideSymbol = (text: string, at: number): boolean => {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
};

const outOfBounds = (entity: MessageEntity): Error =>
  badRequest(
    `entity beginning at UTF-16 offset ${entity.offset} ends after the end of the text at UTF-16 offset ${endOf(entity)}`,
  );

const checkEntities = (text: string, entities: MessageEntity[]): void => {
  const open: MessageEntity[] = [];
  for (const entity of entities) {
    if (entity.offset < 0) throw badRequest(`receive an entity with incorrect offset ${entity.offset}`);
    if (entity.length < 0) throw badRequest(`receive an entity with incorrect length ${entity.length}`);
    if (entity.offset > text.length || (entity.offset === text.length && entity.length > 0)) {
      throw badRequest(`entity begins after the end of the text at UTF-16 offset ${entity.offset}`);
    }
    if (endOf(entity) > text.length) throw outOfBounds(entity);
    if (isInsideSymbol(text, entity.offset)) {
      throw badRequest(`entity begins in a middle of a UTF-16 symbol at UTF-16 offset ${entity.offset}`);
    }
    if (isInsideSymbol(text, endOf(entity))) {
      throw badRequest(`entity ends in a middle of a UTF-16 symbol at UTF-16 offset ${endOf(entity)}`);
    }
    while (open.length > 0 && endOf(open.at(-1) ?? entity) <= entity.offset) open.pop();
    const around = open.at(-1);
    if (around && endOf(around) < endOf(entity)) throw outOfBounds(entity);
    if (entity.length > 0) open.push(entity);
    if (entity.type === "text_link") checkLink(entity.url);
  }
};

const checkLink = (url: string): void => {
  const words = (why: string): Error => badRequest(`entity URL '${url}' is invalid: ${why}`);
  const host = /^(?:https?:\/\/|tg:\/\/)?([^/?#:\s]+)/i.exec(url)?.[1];
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url) && !/^(https?|tg|tonsite):\/\//i.test(url)) {
    throw words("Unsupported URL protocol");
  }
  if (!host) throw words("URL host is empty");
  const isLocal = /^(localhost|127\.0\.0\.1)$/i.test(host) && /^https?:/i.test(url);
  if (!/^tg:/i.test(url) && !host.includes(".") && !isLocal) throw words("Wrong HTTP URL");
  if (!isDeepLinkSound(url)) throw badRequest("START_PARAM_INVALID");
};

/** Cuts white space around the text as Telegram does and moves the entities with it; empty ones are dropped. */
const trim = (text: string, entities: MessageEntity[]): FormattedText => {
  const from = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const moved = entities
    .map((entity) => {
      const offset = Math.max(entity.offset - from, 0);
      return { ...entity, offset, length: Math.min(endOf(entity) - from, trimmed.length) - offset };
    })
    .filter((entity) => entity.length > 0);
  return { text: trimmed, entities: moved };
};

const marked = (params: TextParams): FormattedText => {
  switch (params.parseMode?.toLowerCase()) {
    case undefined:
    case "":
      return { text: params.text, entities: params.entities === undefined ? [] : parseEntities(params.entities) };
    case "html":
      return parseHtml(params.text);
    case "markdownv2":
      return parseMarkdown(params.text);
    default:
      throw badRequest("unsupported parse_mode");
  }
};

/**
 * The text as it will stand in the message: markup parsed, entities checked, white space around it cut, and commands,
 * mentions, links, hashtags and addresses found as Telegram finds them.
 */
export const formatText = (params: TextParams): FormattedText => {
  const given = marked(params);
  const sorted = given.entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  checkEntities(given.text, sorted);
  const { text, entities } = trim(given.text, sorted);
  const found = detectEntities(text).filter(
    (entity) => !entities.some((own) => own.offset < endOf(entity) && entity.offset < endOf(own) && isExclusive(own)),
  );
  return { text, entities: [...entities, ...found].toSorted((a, b) => a.offset - b.offset || b.length - a.length) };
};

/** Entities inside which nothing is looked for, and which an automatic one may not cross. */
const isExclusive = (entity: MessageEntity): boolean =>
  entity.type === "code" || entity.type === "pre" || entity.type === "text_link" || isFound(entity);

const isFound = (entity: MessageEntity): boolean =>
  ["mention", "hashtag", "bot_command", "url", "email"].includes(entity.type);
