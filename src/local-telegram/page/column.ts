/** One column of the screen: the header, the messages and the composer of a person's chat or a group; a channel is only read. */
import type { BotCommand, InlineKeyboardButton } from "grammy/types";
import type { PageEvent, PageMessage } from "../page-api.ts";
import { act, fetchCommands } from "./api.ts";
import { hueOf } from "./avatar.ts";
import type { BubbleActions } from "./bubble.ts";
import { choosePhotos, createPresses, openAttachMenu, pressKey, sendText, type ChatDeed } from "./column-actions.ts";
import { columnHead } from "./column-head.ts";
import { createComposer } from "./composer.ts";
import { copyText, h } from "./dom.ts";
import { anchor, deepLinkOf } from "./entities.ts";
import { openLightbox } from "./lightbox.ts";
import { openPlaceView } from "./map-dialog.ts";
import { openMessageMenu } from "./message-menu.ts";
import { createMessageList } from "./message-list.ts";
import { createNotes } from "./notes.ts";
import { createOutbox } from "./outbox.ts";
import { forcedReplyIn, keyboardIn } from "./reply-keyboard.ts";
import { fullName, personOf, titleOf, type Seat } from "./seats.ts";
import type { Store } from "./store.ts";
import { t } from "./strings.ts";

export type Column = {
  seat: Seat;
  element: HTMLElement;
  /** Draws what changed; the column decides itself whether an event is its own. */
  hear: (event: PageEvent) => void;
  /** Tells whether the person looking can see this column; unseen messages are counted. */
  setVisible: (visible: boolean) => void;
  unread: () => number;
  draft: () => string;
  /** Sends `/start` with a deep link's parameter, as the app does after a press on it. */
  start: (parameter: string) => void;
};

export type ColumnOptions = {
  store: Store;
  seat: Seat;
  draft: string;
  onUnread: () => void;
  onHide: () => void;
  /** A deep link was opened: the person's private chat should come to the front and start. */
  onDeepLink: (personId: number, parameter: string) => void;
};

const firstPersonOf = (seat: Seat): number => {
  switch (seat.kind) {
    case "person":
      return seat.personId;
    case "group":
      return seat.memberIds[0] ?? 0;
    case "channel":
      return 0;
  }
};

/** The column of a seat, drawn with the messages the store already has. */
export const createColumn = (options: ColumnOptions): Column => {
  const { store, seat } = options;
  const { world } = store;
  const chat = store.chat(seat.chatId);
  const firstPerson = firstPersonOf(seat);
  let personId = firstPerson;
  let unread = 0;
  let visible = false;
  let commands: readonly BotCommand[] = [];

  const outbox = createOutbox(
    (messageId) => chat.messages.has(messageId),
    () => draw(),
  );
  const deed: ChatDeed = {
    world,
    chatId: seat.chatId,
    personId: () => personId,
    outbox,
    takeReply: () => composer.takeReply(),
  };
  const notes = createNotes(() => composer.focus());
  const presses = createPresses(deed, notes.toast);
  const send = (text: string, replyTo?: number): void => {
    sendText(deed, text, replyTo);
    list.toBottom();
  };
  const openLink = (url: string): boolean => {
    const parameter = deepLinkOf(url, world.bot.username);
    if (parameter !== null) options.onDeepLink(personId, parameter);
    return parameter !== null;
  };

  const actions: BubbleActions = {
    onCommand: (command) => send(command),
    onLink: openLink,
    onPhoto: openLightbox,
    onPlace: (lat, lon) => openPlaceView(world.map, lat, lon),
    onJump: (id) => list.jumpTo(id),
    onMenu: (message, at) =>
      openMessageMenu(message, at, {
        world,
        personId,
        onReply: () => composer.setReply(message),
        onEdit: () => composer.setEdit(message),
        onCopied: () => notes.toast(t("copied")),
        onDeepLink: options.onDeepLink,
      }),
    onPress: (message, button, element) => pressInline(message, button, element),
  };
  const pressInline = (message: PageMessage, button: InlineKeyboardButton, element: HTMLElement): void => {
    if ("url" in button) {
      // An anchor carries the checks on addresses and opens the rest in a new tab.
      anchor(button.url, actions).click();
    } else if ("copy_text" in button) {
      void copyText(button.copy_text.text, () => notes.toast(t("copied")));
    } else presses.press(message, button, element);
  };

  const list = createMessageList({
    world,
    kind: seat.kind,
    outbox,
    actions,
    onSeen: () => setUnread(0),
  });
  const composer = createComposer({
    id: `suggest-${seat.key}`,
    onText: send,
    onEdit: (messageId, text) =>
      void act({ do: "edit", personId, chatId: seat.chatId, messageId, text }).then(
        (result) => !result.ok && notes.toast(result.description),
        () => notes.toast(t("failed")),
      ),
    onKey: (key) => pressKey(deed, key),
    onAttach: (at) => openAttachMenu(deed, at),
    onFiles: (files) => choosePhotos(deed, false, files),
    lastOwn: () =>
      [...chat.messages.values()].findLast((message) => message.from?.id === personId && message.text !== undefined) ??
      null,
  });
  const head = columnHead({
    store,
    seat,
    onHide: options.onHide,
    onPinned: (id) => list.jumpTo(id),
    onBlock: (blocked) => void setBlocked(blocked),
  });

  const setBlocked = async (blocked: boolean): Promise<void> => {
    try {
      const result = await act({ do: blocked ? "block" : "unblock", personId });
      if (!result.ok) notes.toast(result.description);
      else if (!blocked) send("/start");
    } catch {
      notes.toast(t("failed"));
    }
  };

  const bigButton = h("button", { type: "button", class: "big-button" });
  bigButton.addEventListener("click", () => {
    if (personOf(world, personId)?.blocked === true) void setBlocked(false);
    else send("/start");
  });
  const hint = h("p", { class: "empty-hint" }, t("startHint"));

  const writer = h("select", { class: "writer-select", "aria-label": t("writeAs") });
  writer.addEventListener("change", () => {
    personId = Number(writer.value);
    void loadCommands();
    draw();
  });
  const writerBar = seat.kind === "group" && h("label", { class: "writer" }, h("span", {}, t("writeAs")), writer);
  if (seat.kind === "group")
    for (const id of seat.memberIds) {
      const person = personOf(world, id);
      if (person !== undefined) writer.append(h("option", { value: id }, fullName(person)));
    }

  const loadCommands = async (): Promise<void> => {
    try {
      commands = await fetchCommands(seat.chatId, personId);
      composer.setCommands(commands);
    } catch {
      // The menu is a convenience; the next change of commands or a reload brings it.
    }
  };

  const setUnread = (count: number): void => {
    if (unread === count) return;
    unread = count;
    list.showUnread(count);
    options.onUnread();
  };

  const draw = (): void => {
    const messages = [...chat.messages.values()];
    list.draw(messages, personId);
    composer.setKeyboard(keyboardIn(messages));
    const person = personOf(world, personId);
    const isBlocked = seat.kind === "person" && person?.blocked === true;
    const isFresh = seat.kind === "person" && messages.length === 0 && outbox.letters().length === 0;
    bigButton.textContent = isBlocked ? t("restart") : t("start");
    bigButton.hidden = !isBlocked && !isFresh;
    composer.element.hidden = isBlocked || isFresh || seat.kind === "channel";
    hint.hidden = !isFresh || isBlocked;
    head.draw();
  };

  const hear = (event: PageEvent): void => {
    if ("chatId" in event && event.chatId !== seat.chatId) return;
    switch (event.type) {
      case "message": {
        draw();
        const isOwn = event.message.from?.id === personId;
        const forced = forcedReplyIn([...chat.messages.values()], world.bot.id);
        if (forced !== null) composer.setReply(forced);
        const isSeen = visible && !document.hidden && list.isAtBottom();
        if (!isOwn && !isSeen) setUnread(unread + 1);
        break;
      }
      case "edited":
      case "deleted":
      case "pinned":
      case "person":
        draw();
        break;
      case "typing":
        head.draw();
        break;
      case "answered": {
        presses.answered(event.queryId);
        if (event.personId !== personId || event.text === "") break;
        if (event.alert) notes.alert(event.text);
        else notes.toast(event.text);
        break;
      }
      case "commands":
        if (seat.kind !== "channel") void loadCommands();
        break;
    }
  };

  const element = h(
    "section",
    {
      class: `column is-${seat.kind} ${hueOf(seat.chatId)}`,
      "aria-label": titleOf(world, seat).name,
      "data-seat": seat.key,
    },
    head.element,
    h("div", { class: "chat" }, list.element, hint, notes.element),
    writerBar,
    composer.element,
    bigButton,
  );
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (files.length > 0) choosePhotos(deed, false, files);
  });
  composer.setDraft(options.draft);
  draw();
  if (seat.kind !== "channel") void loadCommands();

  return {
    seat,
    element,
    hear,
    setVisible: (next) => {
      visible = next;
      if (visible && list.isAtBottom()) setUnread(0);
      if (visible) requestAnimationFrame(() => list.isAtBottom() && list.toBottom());
    },
    unread: () => unread,
    draft: () => composer.draft(),
    start: (parameter) => send(parameter === "" ? "/start" : `/start ${parameter}`),
  };
};
