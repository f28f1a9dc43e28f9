/** The top of a column: whose phone this is, what the bot is doing, the chat's menu and the pinned message. */
import { avatar } from "./avatar.ts";
import { h } from "./dom.ts";
import { glimpse } from "./glimpse.ts";
import { icon } from "./icons.ts";
import { openMenu } from "./menu.ts";
import { personOf, titleOf, type Seat } from "./seats.ts";
import type { Store } from "./store.ts";
import { t } from "./strings.ts";

export type ColumnHead = { element: HTMLElement; draw: () => void };

export type ColumnHeadOptions = {
  store: Store;
  seat: Seat;
  onHide: () => void;
  onPinned: (messageId: number) => void;
  onBlock: (blocked: boolean) => void;
};

/** The header of a seat's column. */
export const columnHead = (options: ColumnHeadOptions): ColumnHead => {
  const { store, seat } = options;
  const chat = store.chat(seat.chatId);
  const title = titleOf(store.world, seat);
  const status = h("span", { class: "head-status", "aria-live": "polite" });
  const pinned = h("button", { type: "button", class: "pinned", hidden: true });
  pinned.addEventListener("click", () => chat.pinnedId !== null && options.onPinned(chat.pinnedId));

  const isBlocked = (): boolean => seat.kind === "person" && personOf(store.world, seat.personId)?.blocked === true;
  const menu: HTMLButtonElement = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("menu"),
      title: t("menu"),
      "aria-haspopup": "menu",
      onClick: () =>
        openMenu(menu, [
          ...(seat.kind !== "person"
            ? []
            : isBlocked()
              ? [{ label: t("restart"), icon: "play" as const, onPick: () => options.onBlock(false) }]
              : [{ label: t("stopBot"), icon: "stop" as const, danger: true, onPick: () => options.onBlock(true) }]),
          { label: t("hideColumn"), icon: "close", onPick: options.onHide },
        ]),
    },
    icon("more"),
  );

  const doing = (): string | null => {
    if (chat.doing === null) return null;
    const what = chat.doing.startsWith("upload") ? t("typingPhoto") : t("typing");
    return `${store.world.bot.firstName} ${what}`;
  };

  const draw = (): void => {
    const now = doing();
    status.replaceChildren(
      now ?? (isBlocked() ? t("stoppedBot") : title.caption),
      ...(now === null ? [] : [h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"))]),
    );
    status.classList.toggle("is-doing", now !== null);
    const message = chat.pinnedId === null ? undefined : chat.messages.get(chat.pinnedId);
    pinned.hidden = message === undefined;
    if (message !== undefined)
      pinned.replaceChildren(
        icon("pin"),
        h("span", { class: "context-lines" }, h("strong", {}, t("pinned")), h("span", {}, glimpse(message))),
      );
  };

  return {
    element: h(
      "header",
      { class: "column-head" },
      h(
        "div",
        { class: "head-line" },
        avatar(seat.chatId, title.name, seat.kind !== "person"),
        h("div", { class: "head-names" }, h("h2", {}, title.name), status),
        menu,
      ),
      pinned,
    ),
    draw,
  };
};
