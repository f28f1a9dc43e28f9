/** The scrolling list of one chat: rows are redrawn only when what they show has changed. */

import { bubble, type BubbleActions } from "./bubble.ts";
import { h } from "./dom.ts";
import { glimpse } from "./glimpse.ts";
import { icon } from "./icons.ts";
import { letterRow } from "./letter.ts";
import type { Outbox } from "./outbox.ts";
import { rowsOf, type Row } from "./rows.ts";
import type { Seat } from "./seats.ts";
import type { PageMessage, World } from "../page-api.ts";
import { t } from "./strings.ts";
import { dayTitle } from "./times.ts";

export type MessageList = {
  element: HTMLElement;
  /** Draws `messages` as `viewerId` sees them; keeps the place unless the newest message was in sight. */
  draw: (messages: Iterable<PageMessage>, viewerId: number) => void;
  toBottom: (smooth?: boolean) => void;
  isAtBottom: () => boolean;
  jumpTo: (messageId: number) => void;
  showUnread: (count: number) => void;
};

export type MessageListOptions = {
  world: World;
  /** Where several write, each is named; in a channel nobody looking writes. */
  kind: Seat["kind"];
  outbox: Outbox;
  actions: BubbleActions;
  onSeen: () => void;
};

const nearBottomPx = 80;

const serviceText = (message: PageMessage): string => {
  const names = message.new_chat_members?.map((member) => member.first_name).join(", ");
  if (names !== undefined) return `${names} ${t("joined")}`;
  if (message.left_chat_member !== undefined) return `${message.left_chat_member.first_name} ${t("left")}`;
  if (message.pinned_message !== undefined)
    return `${message.from?.first_name ?? ""}: ${t("pinnedService")} «${glimpse(message.pinned_message).slice(0, 40)}»`;
  return message.new_chat_title ?? "";
};

/** The list of a chat, empty until `draw`. */
export const createMessageList = (options: MessageListOptions): MessageList => {
  const { world, kind, outbox, actions } = options;
  const isGroup = kind === "group";
  const rows = h("div", { class: "rows" });
  const scroller = h(
    "div",
    { class: "messages", role: "log", "aria-label": t("messages"), "aria-live": "polite", tabindex: "0" },
    rows,
  );
  const unread = h("span", { class: "badge", hidden: true });
  const down = h(
    "button",
    { type: "button", class: "to-bottom", "aria-label": t("toBottom"), hidden: true, onClick: () => toBottom(true) },
    icon("down"),
    unread,
  );
  const drawn = new Map<string, { signature: string; element: HTMLElement }>();
  let hasDrawn = false;

  const isAtBottom = (): boolean => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearBottomPx;
  const toBottom = (smooth = false): void =>
    scroller.scrollTo({ top: scroller.scrollHeight, ...(smooth && { behavior: "smooth" }) });

  scroller.addEventListener(
    "scroll",
    () => {
      const atBottom = isAtBottom();
      down.hidden = atBottom;
      if (atBottom) options.onSeen();
    },
    { passive: true },
  );
  // Pictures and the on-screen keyboard change heights after drawing; whoever was at the end stays there.
  let wasAtBottom = true;
  scroller.addEventListener("scroll", () => (wasAtBottom = isAtBottom()), { passive: true });
  const keepEnd = new ResizeObserver(() => {
    if (wasAtBottom) toBottom();
  });
  keepEnd.observe(scroller);
  keepEnd.observe(rows);

  const build = (row: Row): HTMLElement => {
    switch (row.kind) {
      case "day":
        return h("div", { class: "day" }, h("span", {}, dayTitle(row.at, new Date())));
      case "service":
        return h("div", { class: "service" }, h("span", {}, serviceText(row.message)));
      case "bubble":
        return bubble(row, world, isGroup, actions);
    }
  };

  const rowElement = (row: Row): HTMLElement => {
    const signature = JSON.stringify(row);
    const known = drawn.get(row.key);
    if (known?.signature === signature) return known.element;
    const element = build(row);
    if (known === undefined && hasDrawn) element.classList.add("is-new");
    drawn.set(row.key, { signature, element });
    return element;
  };

  const draw: MessageList["draw"] = (messages, viewerId) => {
    const stay = wasAtBottom;
    const isOut = ({ from }: PageMessage): boolean => {
      switch (kind) {
        case "person":
          return from?.id !== world.bot.id;
        case "group":
          return from?.id === viewerId;
        case "channel":
          return false;
      }
    };
    const list = rowsOf(messages, isOut);
    const wanted = list.map(rowElement);
    const focused = document.activeElement?.closest<HTMLElement>(".row") ?? null;
    const keys = new Set(list.map(({ key }) => key));
    for (const key of drawn.keys()) if (!keys.has(key)) drawn.delete(key);
    place(rows, [...wanted, ...outbox.letters().map((letter) => letterRow(letter, outbox))]);
    if (focused !== null && !focused.isConnected) refocus(focused.dataset["ids"] ?? "");
    if (stay) toBottom();
    hasDrawn = true;
  };

  // A pressed button often edits its own message away; whoever works by keyboard must not be thrown to the page's start.
  const refocus = (ids: string): void => {
    const next = rows.querySelector<HTMLElement>(`[data-ids="${ids}"] .inline-button`) ?? scroller;
    next.focus({ preventScroll: true });
  };

  return {
    element: h("div", { class: "messages-box" }, scroller, down),
    draw,
    toBottom,
    isAtBottom: () => wasAtBottom,
    jumpTo: (messageId) => {
      const target = rows.querySelector<HTMLElement>(`[data-ids~="${messageId}"]`);
      if (target === null) return;
      target.scrollIntoView({ block: "center", behavior: "smooth" });
      target.classList.remove("is-pointed");
      requestAnimationFrame(() => target.classList.add("is-pointed"));
    },
    showUnread: (count) => {
      unread.textContent = String(count);
      unread.hidden = count === 0;
    },
  };
};

/** Makes `parent` hold exactly `wanted`; elements that stay are not moved, so focus and animations survive. */
const place = (parent: HTMLElement, wanted: readonly HTMLElement[]): void => {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child as HTMLElement)) child.remove();
  let at = parent.firstElementChild;
  for (const element of wanted) {
    if (element === at) at = at.nextElementSibling;
    else parent.insertBefore(element, at);
  }
};
