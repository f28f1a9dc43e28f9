/** Text with Bot API entities into nodes; the only place that turns message text into elements. */
import type { MessageEntity } from "grammy/types";
import { h } from "./dom.ts";
import { t } from "./strings.ts";

export type TextActions = {
  onCommand: (command: string) => void;
  /** Returns true when the link was a deep link to the bot and has been taken care of. */
  onLink: (url: string) => boolean;
};

const safeProtocols = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

const toUrl = (text: string): string | null => {
  const guess = /^[a-z][a-z0-9+.-]*:/iu.test(text) ? text : `https://${text}`;
  try {
    return safeProtocols.has(new URL(guess).protocol) ? guess : null;
  } catch {
    return null;
  }
};

/** A link that opens elsewhere, or does within the page what a deep link would do in Telegram. */
export const anchor = (url: string, actions: TextActions, ...children: (Node | string)[]): HTMLElement => {
  const href = toUrl(url);
  if (href === null) return h("span", {}, ...children);
  const onClick = (event: MouseEvent): void => {
    if (actions.onLink(href)) event.preventDefault();
  };
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", onClick }, ...children);
};

const wrap = (entity: MessageEntity, text: string, inner: Node[], actions: TextActions): Node => {
  switch (entity.type) {
    case "bold":
      return h("strong", {}, ...inner);
    case "italic":
      return h("em", {}, ...inner);
    case "underline":
      return h("u", {}, ...inner);
    case "strikethrough":
      return h("s", {}, ...inner);
    case "code":
      return h("code", {}, ...inner);
    case "pre":
      return h("pre", {}, h("code", {}, ...inner));
    case "blockquote":
      return h("blockquote", {}, ...inner);
    case "expandable_blockquote":
      return h("details", { class: "quote-more", open: true }, h("summary", {}), h("blockquote", {}, ...inner));
    case "spoiler": {
      const reveal = (event: Event): void => (event.currentTarget as HTMLElement).classList.add("is-open");
      return h("button", { type: "button", class: "spoiler", title: t("spoiler"), onClick: reveal }, ...inner);
    }
    case "url":
      return anchor(text, actions, ...inner);
    case "email":
      return anchor(`mailto:${text}`, actions, ...inner);
    case "phone_number":
      return anchor(`tel:${text.replaceAll(/[^+\d]/gu, "")}`, actions, ...inner);
    case "text_link":
      return anchor(entity.url, actions, ...inner);
    case "bot_command":
      return h("button", { type: "button", class: "text-link", onClick: () => actions.onCommand(text) }, ...inner);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: "mention" }, ...inner);
    case "custom_emoji":
    case "date_time":
      return h("span", {}, ...inner);
  }
};

const longestFirst = (a: MessageEntity, b: MessageEntity): number => a.offset - b.offset || b.length - a.length;

/** Nodes of `text`; entities count in UTF-16 units, may nest, and are cut to their parent if they overlap it. */
export const textNodes = (
  text: string,
  entities: readonly MessageEntity[],
  actions: TextActions,
  from = 0,
  to = text.length,
): Node[] => {
  const sorted = entities.toSorted(longestFirst);
  const nodes: Node[] = [];
  let at = from;
  while (sorted.length > 0) {
    const entity = sorted.shift();
    if (entity === undefined) break;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    if (start > at) nodes.push(document.createTextNode(text.slice(at, start)));
    const inside: MessageEntity[] = [];
    while (sorted[0] !== undefined && sorted[0].offset < end) {
      const next = sorted.shift();
      if (next !== undefined) inside.push(next);
    }
    nodes.push(wrap(entity, text.slice(start, end), textNodes(text, inside, actions, start, end), actions));
    at = end;
  }
  if (at < to) nodes.push(document.createTextNode(text.slice(at, to)));
  return nodes;
};

/** The `start` parameter of a deep link to the bot `username` (`""` without one), or null for any other address. */
export const deepLinkOf = (url: string, username: string): string | null => {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  const isWeb = ["t.me", "telegram.me"].includes(parsed.hostname);
  const isApp = parsed.protocol === "tg:" && `${parsed.hostname}${parsed.pathname}`.startsWith("resolve");
  const name = isWeb ? parsed.pathname.slice(1) : isApp ? (parsed.searchParams.get("domain") ?? "") : "";
  if (name === "" || name.toLowerCase() !== username.toLowerCase()) return null;
  return parsed.searchParams.get("start") ?? "";
};

/** Deep links to the bot found among a text's entities. */
export const deepLinksIn = (text: string, entities: readonly MessageEntity[], username: string): string[] =>
  entities.flatMap((entity) => {
    const url =
      entity.type === "text_link"
        ? entity.url
        : entity.type === "url"
          ? toUrl(text.slice(entity.offset, entity.offset + entity.length))
          : null;
    const start = url === null ? null : deepLinkOf(url, username);
    return start === null ? [] : [start];
  });
