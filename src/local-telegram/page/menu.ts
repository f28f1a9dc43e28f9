/** A small menu that opens beside what was pressed; one at a time. */
import { h } from "./dom.ts";
import { icon, type IconName } from "./icons.ts";

/** `heading` items are not pressable: they name the group that follows. */
export type MenuItem = { label: string; icon?: IconName; onPick: () => void; danger?: boolean } | { heading: string };

let close: (() => void) | null = null;

const gapPx = 6;

const placeBeside = (menu: HTMLElement, at: DOMRect): void => {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(Math.max(gapPx, at.left), innerWidth - width - gapPx);
  const below = at.bottom + gapPx;
  const top = below + height > innerHeight - gapPx ? Math.max(gapPx, at.top - height - gapPx) : below;
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
};

/** Opens the menu; it closes by a choice, Escape, Tab or a press elsewhere, and focus goes back where it was. */
export const openMenu = (anchor: HTMLElement, items: readonly MenuItem[]): void => {
  close?.();
  const before = document.activeElement;
  const buttons: HTMLButtonElement[] = [];
  const entries = items.map((item) => {
    if ("heading" in item) return h("div", { class: "menu-heading" }, item.heading);
    const onClick = (): void => {
      shut();
      item.onPick();
    };
    const button = h(
      "button",
      { type: "button", role: "menuitem", class: item.danger === true ? "menu-item is-danger" : "menu-item", onClick },
      item.icon !== undefined && icon(item.icon),
      h("span", {}, item.label),
    );
    buttons.push(button);
    return button;
  });
  const onKeydown = (event: KeyboardEvent): void => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      shut();
    }
  };
  const menu = h("div", { class: "menu", role: "menu", onKeydown }, ...entries);
  const onElsewhere = (event: Event): void => {
    if (!menu.contains(event.target as Node)) shut();
  };
  const shut = (): void => {
    close = null;
    menu.remove();
    document.removeEventListener("pointerdown", onElsewhere, true);
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
  close = shut;
  document.body.append(menu);
  placeBeside(menu, anchor.getBoundingClientRect());
  document.addEventListener("pointerdown", onElsewhere, true);
  buttons[0]?.focus({ preventScroll: true });
};
