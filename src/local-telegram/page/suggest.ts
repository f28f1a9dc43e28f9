/** The list of bot commands above the input: all of them by the button, the matching ones while «/…» is typed. */
import type { BotCommand } from "grammy/types";
import { h } from "./dom.ts";
import { t } from "./strings.ts";

export type Suggest = {
  element: HTMLElement;
  setCommands: (commands: readonly BotCommand[]) => void;
  hasCommands: () => boolean;
  /** Offers what fits the text so far; anything but the beginning of a command hides the list. */
  follow: (text: string) => void;
  toggleAll: () => void;
  hide: () => void;
  isOpen: () => boolean;
  /** Handles a key of the input while the list is open; true when it was taken. */
  take: (event: KeyboardEvent) => boolean;
};

export type SuggestOptions = {
  id: string;
  onPick: (command: string) => void;
  /** Only fills the input, so that words can follow the command. */
  onComplete: (command: string) => void;
  onChange: (open: boolean, activeId: string | null) => void;
};

/** A closed list without commands. */
export const createSuggest = (options: SuggestOptions): Suggest => {
  let commands: readonly BotCommand[] = [];
  let offered: readonly BotCommand[] = [];
  let active = 0;
  const element = h("div", {
    class: "suggest",
    role: "listbox",
    id: options.id,
    "aria-label": t("commandMenu"),
    hidden: true,
  });

  const mark = (): void => {
    [...element.children].forEach((child, index) => {
      child.setAttribute("aria-selected", String(index === active));
      if (index === active) child.scrollIntoView({ block: "nearest" });
    });
    options.onChange(offered.length > 0, offered.length > 0 ? `${options.id}-${active}` : null);
  };

  const offer = (list: readonly BotCommand[]): void => {
    offered = list;
    active = 0;
    element.hidden = list.length === 0;
    element.replaceChildren(
      ...list.map(({ command, description }, index) =>
        h(
          "div",
          {
            role: "option",
            id: `${options.id}-${index}`,
            class: "suggest-option",
            // Before the input would lose its focus, or the list would close under the finger.
            onPointerdown: (event: Event) => event.preventDefault(),
            onClick: () => {
              hide();
              options.onPick(`/${command}`);
            },
          },
          h("strong", {}, `/${command}`),
          h("span", {}, description),
        ),
      ),
    );
    mark();
  };

  const hide = (): void => offer([]);

  return {
    element,
    setCommands: (next) => {
      commands = next;
      if (offered.length > 0) hide();
    },
    hasCommands: () => commands.length > 0,
    follow: (text) => {
      const typed = /^\/([a-z0-9_]*)$/iu.exec(text)?.[1]?.toLowerCase();
      offer(typed === undefined ? [] : commands.filter(({ command }) => command.startsWith(typed)));
    },
    toggleAll: () => (offered.length > 0 ? hide() : offer(commands)),
    hide,
    isOpen: () => offered.length > 0,
    take: (event) => {
      const current = offered[active];
      if (current === undefined) return false;
      switch (event.key) {
        case "ArrowDown":
        case "ArrowUp":
          active = (active + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
          mark();
          return true;
        case "Tab":
          hide();
          options.onComplete(`/${current.command} `);
          return true;
        case "Enter":
          hide();
          options.onPick(`/${current.command}`);
          return true;
        case "Escape":
          hide();
          return true;
        default:
          return false;
      }
    },
  };
};
