/** Where a person writes: the input with its buttons, what is being answered or edited, commands and reply keyboard. */
import type { BotCommand, ReplyKeyboardMarkup } from "grammy/types";
import { h } from "./dom.ts";
import { glimpse } from "./glimpse.ts";
import { icon } from "./icons.ts";
import { replyKeyboard, type Key } from "./reply-keyboard.ts";
import type { PageMessage } from "../page-api.ts";
import { t } from "./strings.ts";
import { createSuggest } from "./suggest.ts";

export type Composer = {
  element: HTMLElement;
  focus: () => void;
  draft: () => string;
  setDraft: (text: string) => void;
  setCommands: (commands: readonly BotCommand[]) => void;
  /** Shows the bot's keyboard; a new `messageId` opens it again after it was hidden. */
  setKeyboard: (keyboard: { messageId: number; markup: ReplyKeyboardMarkup } | null) => void;
  setReply: (message: PageMessage | null) => void;
  setEdit: (message: PageMessage | null) => void;
  /** The message the next one answers; asking takes it off. */
  takeReply: () => number | undefined;
};

export type ComposerOptions = {
  id: string;
  onText: (text: string, replyTo: number | undefined) => void;
  onEdit: (messageId: number, text: string) => void;
  onKey: (key: Key) => void;
  onAttach: (anchor: HTMLElement) => void;
  onFiles: (files: readonly File[]) => void;
  /** The newest message of the person's own that can still be edited. */
  lastOwn: () => PageMessage | null;
};

// On a touch keyboard Enter is the only way to a new line; the button sends.
const enterSends = (): boolean => !matchMedia("(pointer: coarse)").matches;

/** An empty composer. */
export const createComposer = (options: ComposerOptions): Composer => {
  let replyTo: PageMessage | null = null;
  let editing: PageMessage | null = null;
  let keyboard: { messageId: number; markup: ReplyKeyboardMarkup } | null = null;
  let keyboardHidden = false;

  const input = h("textarea", {
    class: "input",
    rows: 1,
    placeholder: t("message"),
    "aria-label": t("message"),
    "aria-controls": options.id,
    "aria-autocomplete": "list",
    maxlength: 4096,
    dir: "auto",
  });
  const suggest = createSuggest({
    id: options.id,
    onPick: (command) => {
      write("");
      options.onText(command, takeReply());
    },
    onComplete: (command) => write(command),
    onChange: (open, activeId) => {
      input.setAttribute("aria-expanded", String(open));
      if (activeId === null) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", activeId);
    },
  });
  const iconButton = (label: string, name: Parameters<typeof icon>[0], onClick: () => void): HTMLButtonElement =>
    h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onClick }, icon(name));
  const attach: HTMLButtonElement = iconButton(t("attach"), "attach", () => options.onAttach(attach));
  const commandsButton = iconButton(t("commandMenu"), "commands", () => {
    suggest.toggleAll();
    input.focus();
  });
  const keyboardButton = iconButton(t("keyboard"), "keyboard", () => {
    keyboardHidden = !keyboardHidden;
    drawKeyboard();
  });
  const send = h(
    "button",
    { type: "submit", class: "icon-button is-send", "aria-label": t("send"), title: t("send") },
    icon("send"),
  );
  const context = h("div", { class: "context", hidden: true });
  const panel = h("div", { class: "keyboard-panel", hidden: true });

  const fit = (): void => {
    input.style.height = "";
    // Unmeasurable while hidden; an empty input has its height from the style sheet anyway.
    if (input.value !== "" && input.scrollHeight > 0) input.style.height = `${input.scrollHeight}px`;
    form.classList.toggle("has-text", input.value.trim() !== "");
  };
  const write = (text: string): void => {
    input.value = text;
    suggest.follow(text);
    fit();
  };
  const takeReply = (): number | undefined => {
    const id = replyTo?.message_id;
    if (replyTo !== null) setReply(null);
    return id;
  };

  const drawContext = (): void => {
    const message = editing ?? replyTo;
    context.hidden = message === null;
    if (message === null) return;
    const head = editing !== null ? t("editing") : (message.from?.first_name ?? t("reply"));
    const cancel = (): void => {
      if (editing !== null) write("");
      setEdit(null);
      setReply(null);
    };
    context.replaceChildren(
      icon(editing !== null ? "edit" : "reply"),
      h("span", { class: "context-lines" }, h("strong", {}, head), h("span", {}, glimpse(message))),
      iconButton(t("cancel"), "close", cancel),
    );
  };
  const setReply = (message: PageMessage | null): void => {
    replyTo = message;
    drawContext();
    if (message !== null) input.focus();
  };
  const setEdit = (message: PageMessage | null): void => {
    editing = message;
    if (message !== null) {
      write(message.text ?? "");
      input.focus();
    }
    drawContext();
  };

  const drawKeyboard = (): void => {
    keyboardButton.hidden = keyboard === null;
    panel.hidden = keyboard === null || keyboardHidden;
    keyboardButton.setAttribute("aria-expanded", String(!panel.hidden));
    input.placeholder = keyboard?.markup.input_field_placeholder ?? t("message");
    if (keyboard === null) return panel.replaceChildren();
    const { markup } = keyboard;
    const onKey = (key: Key): void => {
      if (markup.one_time_keyboard === true) {
        keyboardHidden = true;
        drawKeyboard();
      }
      options.onKey(key);
    };
    panel.replaceChildren(replyKeyboard(markup, t("keyboard"), onKey));
  };

  const submit = (): void => {
    const text = input.value.trim();
    if (text === "") return;
    write("");
    if (editing !== null) {
      const { message_id: id } = editing;
      setEdit(null);
      options.onEdit(id, text);
    } else options.onText(text, takeReply());
    input.focus();
  };

  input.addEventListener("input", () => write(input.value));
  input.addEventListener("blur", () => suggest.hide());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (suggest.take(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey && enterSends()) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && input.value === "") {
      const own = options.lastOwn();
      if (own !== null) {
        event.preventDefault();
        setEdit(own);
      }
    } else if (event.key === "Escape" && (editing !== null || replyTo !== null)) {
      if (editing !== null) write("");
      setEdit(null);
      setReply(null);
    }
  });
  input.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (files.length === 0) return;
    event.preventDefault();
    options.onFiles(files);
  });
  const form = h(
    "form",
    {
      class: "composer",
      onSubmit: (event: Event) => {
        event.preventDefault();
        submit();
      },
    },
    commandsButton,
    attach,
    input,
    keyboardButton,
    send,
  );
  commandsButton.hidden = true;
  keyboardButton.hidden = true;

  return {
    element: h("div", { class: "composer-box" }, suggest.element, context, form, panel),
    focus: () => input.focus(),
    draft: () => (editing === null ? input.value : ""),
    setDraft: write,
    setCommands: (commands) => {
      suggest.setCommands(commands);
      commandsButton.hidden = commands.length === 0;
    },
    setKeyboard: (next) => {
      if (next?.messageId === keyboard?.messageId) return;
      keyboard = next;
      keyboardHidden = false;
      drawKeyboard();
    },
    setReply,
    setEdit,
    takeReply,
  };
};
