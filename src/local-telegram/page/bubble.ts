/** One bubble: sender, quote, media, text, time, and the inline keyboard below. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from "grammy/types";

import { fileUrl } from "./api.ts";
import { avatar, hueOf } from "./avatar.ts";
import { h } from "./dom.ts";
import { textNodes, type TextActions } from "./entities.ts";
import { icon } from "./icons.ts";
import { mediaOf, type MediaActions } from "./media.ts";
import { glimpse } from "./glimpse.ts";
import type { Row } from "./rows.ts";
import { fullName } from "./seats.ts";
import type { PageMessage, World } from "../page-api.ts";
import { t } from "./strings.ts";
import { clockTime, fullTime } from "./times.ts";

export type BubbleActions = TextActions &
  MediaActions & {
    onPress: (message: PageMessage, button: InlineKeyboardButton, element: HTMLElement) => void;
    onMenu: (message: PageMessage, at: HTMLElement) => void;
    onJump: (messageId: number) => void;
  };

export type BubbleRow = Extract<Row, { kind: "bubble" }>;

const isEdited = (messages: readonly PageMessage[]): boolean =>
  messages.some((message) => message.edit_date !== undefined);

/** Time, «edited» and the delivery tick in a bubble's corner. */
const meta = (row: BubbleRow): HTMLElement => {
  const last = row.messages.at(-1) ?? row.messages[0];
  // Telegram marks no edit of a bot's message that only changed its buttons; the Bot API then sets no edit_date either.
  return h(
    "span",
    { class: "meta" },
    isEdited(row.messages) && h("span", { class: "edited" }, t("edited")),
    h("time", { title: fullTime(last.date) }, clockTime(last.date)),
    row.isOut && h("span", { class: "ticks", role: "img", "aria-label": t("sent") }, icon("check"), icon("check")),
  );
};

const quote = (message: PageMessage, actions: BubbleActions): HTMLElement | null => {
  const target = message.reply_to_message;
  if (target === undefined) return null;
  const name = target.from === undefined ? (target.sender_chat?.title ?? "") : fullName(toName(target.from));
  const [picture] = target.photo ?? [];
  return h(
    "button",
    {
      type: "button",
      class: `quote ${hueOf(target.from?.id ?? 0)}`,
      onClick: () => actions.onJump(target.message_id),
    },
    picture !== undefined && h("img", { src: fileUrl(picture.file_id), alt: "", class: "quote-picture" }),
    h(
      "span",
      { class: "quote-lines" },
      h("span", { class: "quote-name" }, name),
      h("span", { class: "quote-text" }, glimpse(target)),
    ),
  );
};

const toName = (from: { first_name: string; last_name?: string }): { firstName: string; lastName?: string } => ({
  firstName: from.first_name,
  ...(from.last_name !== undefined && { lastName: from.last_name }),
});

const inlineButton = (message: PageMessage, button: InlineKeyboardButton, actions: BubbleActions): HTMLElement => {
  const isLink = "url" in button;
  const element: HTMLElement = h(
    "button",
    {
      type: "button",
      class: "inline-button",
      onClick: () => actions.onPress(message, button, element),
    },
    h("span", {}, button.text),
    isLink && icon("link"),
    "copy_text" in button && icon("copy"),
  );
  return element;
};

const isInline = (markup: PageMessage["reply_markup"]): markup is InlineKeyboardMarkup =>
  markup !== undefined && "inline_keyboard" in markup;

const inlineKeyboard = (row: BubbleRow, actions: BubbleActions): HTMLElement | null => {
  const [message] = row.messages;
  const markup = message.reply_markup;
  if (!isInline(markup) || markup.inline_keyboard.length === 0) return null;
  return h(
    "div",
    { class: "inline-keyboard" },
    ...markup.inline_keyboard.map((buttons) =>
      h("div", { class: "inline-row" }, ...buttons.map((button) => inlineButton(message, button, actions))),
    ),
  );
};

const captionOf = (messages: readonly PageMessage[]): PageMessage | undefined =>
  messages.find((message) => message.text !== undefined || message.caption !== undefined);

/** A row's element. `showSender` is for groups, where a bubble says whose it is. */
export const bubble = (row: BubbleRow, world: World, showSender: boolean, actions: BubbleActions): HTMLElement => {
  const [message] = row.messages;
  const sender = message.from;
  const name = sender === undefined ? "" : fullName(toName(sender));
  const media = mediaOf(row.messages, world, actions);
  const spoken = captionOf(row.messages);
  const text = spoken?.text ?? spoken?.caption ?? "";
  const hasSender = showSender && !row.isOut && row.isFirst;
  const keyboard = inlineKeyboard(row, actions);
  const kind = media === null ? "" : text === "" ? `has-${media.kind} is-bare` : `has-${media.kind}`;

  const openMenu = (event: Event): void => {
    event.preventDefault();
    actions.onMenu(message, event.currentTarget as HTMLElement);
  };
  // Where nothing can be hovered over, a tap beside links and buttons opens the menu, as in Telegram's own apps.
  const onTap = (event: Event): void => {
    const isPlain = (event.target as Element).closest("a, button") === null;
    if (isPlain && matchMedia("(hover: none)").matches) openMenu(event);
  };
  const body = h(
    "div",
    { class: `bubble ${kind}`, onContextmenu: openMenu, onClick: onTap },
    hasSender && h("span", { class: `sender ${hueOf(sender?.id ?? 0)}` }, name),
    quote(message, actions),
    media?.element,
    text !== "" &&
      h(
        "div",
        { class: "text", dir: "auto" },
        ...textNodes(text, spoken?.entities ?? spoken?.caption_entities ?? [], actions),
        h("span", { class: "meta-room", "aria-hidden": "true" }, meta(row)),
      ),
    meta(row),
    h("button", { type: "button", class: "bubble-menu", "aria-label": t("actions"), onClick: openMenu }, icon("down")),
  );
  const classes = ["row", row.isOut ? "out" : "in", row.isFirst && "first", row.isLast && "last"];
  return h(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      "data-ids": row.messages.map(({ message_id: id }) => id).join(" "),
      "aria-label": name,
    },
    showSender && !row.isOut && (row.isLast ? avatar(sender?.id ?? 0, name) : h("span", { class: "avatar is-empty" })),
    h("div", { class: keyboard === null ? "stack" : "stack has-keyboard" }, body, keyboard),
  );
};
