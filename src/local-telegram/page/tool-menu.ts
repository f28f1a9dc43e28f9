/** The page's own menu: what can be done to the world as a whole, and how the world stands. */
import type { PageToolMenu } from "../page-api.ts";
import { runTool } from "./api.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { openMenu } from "./menu.ts";
import { spoken, t } from "./strings.ts";

/** The button that opens it, with the world's state in words; it is busy while something is being done. */
export const toolMenu = (menu: PageToolMenu): HTMLElement => {
  const status = h("span", { class: "tool-status", "aria-live": "polite" }, spoken(menu.status));
  const run = async (id: string): Promise<void> => {
    button.setAttribute("aria-busy", "true");
    try {
      status.textContent = spoken((await runTool(id)).status);
    } catch {
      status.textContent = t("toolFailed");
    } finally {
      button.removeAttribute("aria-busy");
    }
  };
  const open = (): void => {
    if (button.hasAttribute("aria-busy")) return;
    const items = menu.tools.map(({ id, label }) => ({ label: spoken(label), onPick: () => void run(id) }));
    openMenu(button, [{ heading: spoken(menu.title) }, ...items]);
  };
  const button = h(
    "button",
    { type: "button", class: "tool-button", title: spoken(menu.title), onClick: open },
    icon("clock"),
    status,
  );
  return button;
};
