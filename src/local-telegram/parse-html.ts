import type { MessageEntity } from "grammy/types";
import { badRequest } from "./refusal.ts";

type Open = { tag: string; offset: number; attributes: Map<string, string> };

const cannot = (words: string): Error => badRequest(`can't parse entities: ${words}`);

const plainTags: Readonly<Record<string, "bold" | "italic" | "underline" | "strikethrough" | "spoiler">> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
};
const otherTags = new Set(["a", "code", "pre", "blockquote", "span"]);
const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

const decode = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot));?/gi,
    (whole, dec?: string, hex?: string, name?: string) => {
      if (name) return named[name.toLowerCase()] ?? whole;
      const code = dec ? Number(dec) : Number.parseInt(hex ?? "", 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

const byteOffset = (html: string, at: number): number => Buffer.byteLength(html.slice(0, at));

const readAttributes = (source: string): Map<string, string> => {
  const attributes = new Map<string, string>();
  for (const [, name, double, single, bare] of source.matchAll(
    /([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi,
  )) {
    if (name) attributes.set(name.toLowerCase(), decode(double ?? single ?? bare ?? ""));
  }
  return attributes;
};

const toEntity = ({ tag, offset, attributes }: Open, text: string, inner: MessageEntity[]): MessageEntity | null => {
  const length = text.length - offset;
  if (length === 0) return null;
  const plain = plainTags[tag];
  if (plain) return { type: plain, offset, length };
  if (tag === "span") return { type: "spoiler", offset, length };
  if (tag === "a") return { type: "text_link", offset, length, url: attributes.get("href") ?? text.slice(offset) };
  if (tag === "blockquote") {
    return { type: attributes.has("expandable") ? "expandable_blockquote" : "blockquote", offset, length };
  }
  const language = attributes.get("class")?.replace(/^language-/, "");
  if (tag === "pre") {
    const code = inner.findIndex(
      (entity) => entity.type === "pre" && entity.offset === offset && entity.length === length,
    );
    const [nested] = code >= 0 ? inner.splice(code, 1) : [];
    return nested ?? { type: "pre", offset, length };
  }
  return language ? { type: "pre", offset, length, language } : { type: "code", offset, length };
};

/** Parses Telegram's HTML; refuses with its words and byte offsets what is not closed, not known or not paired. */
export const parseHtml = (html: string): { text: string; entities: MessageEntity[] } => {
  const entities: MessageEntity[] = [];
  const open: Open[] = [];
  let text = "";
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf("<", at);
    text += decode(html.slice(at, next === -1 ? html.length : next));
    if (next === -1) break;
    const offset = byteOffset(html, next);
    const end = html.indexOf(">", next);
    const isEnd = html[next + 1] === "/";
    if (end === -1) throw cannot(`Unclosed ${isEnd ? "end" : "start"} tag at byte offset ${offset}`);
    const inside = html.slice(next + (isEnd ? 2 : 1), end);
    const tag = (/^[^\s/>]*/.exec(inside)?.[0] ?? "").toLowerCase();
    if (isEnd) {
      const last = open.pop();
      if (!last) throw cannot(`Unexpected end tag at byte offset ${offset}`);
      if (tag !== "" && tag !== last.tag) {
        throw cannot(`Unmatched end tag at byte offset ${offset}, expected "</${last.tag}>", found "</${tag}>"`);
      }
      const entity = toEntity(last, text, entities);
      if (entity) entities.push(entity);
    } else {
      const attributes = readAttributes(inside.slice(tag.length));
      const known = plainTags[tag] !== undefined || otherTags.has(tag);
      if (!known) throw cannot(`Unsupported start tag "${tag}" at byte offset ${offset}`);
      if (tag === "span" && attributes.get("class") !== "tg-spoiler") {
        throw cannot(`Tag "span" must have class "tg-spoiler" at byte offset ${offset}`);
      }
      open.push({ tag, offset: text.length, attributes });
    }
    at = end + 1;
  }
  const unclosed = open.at(-1);
  if (unclosed) throw cannot(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text, entities };
};
