/** The page's own menu: what can be done to the world as a whole, and how the world stands. */
import type { PageToolMenu } from "../page-api.ts";
import { readTools, runTool } from "./api.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { openMenu } from "./menu.ts";
import { spoken, t } from "./strings.ts";

/** The world goes on by itself, too: a clock is read anew so often. */
const REFRESH_MS = 20_000;

/** The button that opens it, with the world's state in words; it is busy while something is being done. */
export const toolMenu = (menu: PageToolMenu): HTMLElement => {
  const status = h("span", { class: "tool-status", "aria-live": "off" }, spoken(menu.status));
  const run = async (id: string): Promise<void> => {
    button.setAttribute("aria-busy", "true");
    // Read out when somebody did something, and not each time a minute has passed.
    status.setAttribute("aria-live", "polite");
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
  setInterval(() => {
    if (document.hidden || button.hasAttribute("aria-busy")) return;
    status.setAttribute("aria-live", "off");
    // The next time will do as well.
    readTools().then(
      (now) => (status.textContent = spoken(now.status)),
      () => undefined,
    );
  }, REFRESH_MS);
  return button;
};
