/** The keyboard a bot puts in place of the letters: found in the messages, drawn under the input. */
import type { KeyboardButton, ReplyKeyboardMarkup } from "grammy/types";
import { h } from "./dom.ts";
import type { PageMessage } from "../page-api.ts";

/** What pressing a key of a reply keyboard does. */
export type Key = { kind: "text"; text: string } | { kind: "location" } | { kind: "contact" };

/** The newest keyboard the bot has shown and not taken away, with the message that brought it, or null. */
export const keyboardIn = (
  messages: readonly PageMessage[],
): { messageId: number; markup: ReplyKeyboardMarkup } | null => {
  for (const message of messages.toReversed()) {
    const markup = message.reply_markup;
    if (markup === undefined) continue;
    if ("remove_keyboard" in markup) return null;
    if ("keyboard" in markup) return { messageId: message.message_id, markup };
  }
  return null;
};

/** The newest message that asks for a reply, unless the person has written since. */
export const forcedReplyIn = (messages: readonly PageMessage[], botId: number): PageMessage | null => {
  const last = messages.at(-1);
  const markup = last?.reply_markup;
  return last?.from?.id === botId && markup !== undefined && "force_reply" in markup ? last : null;
};

const keyOf = (button: KeyboardButton): Key => {
  if (typeof button === "string") return { kind: "text", text: button };
  if ("request_location" in button && button.request_location) return { kind: "location" };
  if ("request_contact" in button && button.request_contact) return { kind: "contact" };
  return { kind: "text", text: button.text };
};

/** The keys of a keyboard as a panel. */
export const replyKeyboard = (markup: ReplyKeyboardMarkup, label: string, onKey: (key: Key) => void): HTMLElement =>
  h(
    "div",
    {
      class: markup.resize_keyboard === true ? "reply-keyboard" : "reply-keyboard is-tall",
      role: "group",
      "aria-label": label,
    },
    ...markup.keyboard.map((buttons) =>
      h(
        "div",
        { class: "reply-row" },
        ...buttons.map((button) =>
          h(
            "button",
            { type: "button", class: "reply-key", onClick: () => onKey(keyOf(button)) },
            typeof button === "string" ? button : button.text,
          ),
        ),
      ),
    ),
  );
