/** The top of the page: who is on the screen, with unread counts, and the page's own switches. */
import type { World } from "../page-api.ts";
import { avatar } from "./avatar.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { seatsOf, shortNameOf, titleOf } from "./seats.ts";
import { t } from "./strings.ts";
import { toolMenu } from "./tool-menu.ts";

export type PeopleBar = {
  element: HTMLElement;
  draw: (shown: ReadonlySet<string>, unread: (key: string) => number) => void;
  setOnline: (online: boolean) => void;
};

export type PeopleBarOptions = {
  world: World;
  /** On a phone one person is shown at a time, so a press chooses instead of adding. */
  onToggle: (key: string) => void;
  onTheme: () => void;
  onLanguage: () => void;
};

/** The bar for everybody in the world. */
export const createPeopleBar = (options: PeopleBarOptions): PeopleBar => {
  const { world } = options;
  const chips = seatsOf(world).map((seat) => {
    const { name, caption } = titleOf(world, seat);
    const badge = h("span", { class: "badge", hidden: true });
    const element = h(
      "button",
      { type: "button", class: "chip", "data-seat": seat.key, onClick: () => options.onToggle(seat.key) },
      avatar(seat.chatId, name, seat.kind !== "person"),
      h("span", { class: "chip-lines" }, h("strong", {}, shortNameOf(world, seat)), h("small", {}, caption)),
      badge,
    );
    return { key: seat.key, name, caption, badge, element };
  });
  const offline = h("div", { class: "offline", role: "status", hidden: true }, t("offline"));
  const element = h(
    "header",
    { class: "bar" },
    h(
      "div",
      { class: "bar-line" },
      h(
        "div",
        { class: "brand" },
        h("span", { class: "logo" }, icon("chat")),
        h("div", {}, h("h1", {}, world.bot.firstName), h("small", {}, `@${world.bot.username}`)),
      ),
      h("nav", { class: "chips", "aria-label": t("people") }, ...chips.map((chip) => chip.element)),
      h(
        "div",
        { class: "switches" },
        world.tools !== null && toolMenu(world.tools),
        h(
          "button",
          {
            type: "button",
            class: "icon-button is-language",
            "aria-label": t("language"),
            title: t("language"),
            onClick: options.onLanguage,
          },
          t("languageShort"),
        ),
        h(
          "button",
          {
            type: "button",
            class: "icon-button is-theme",
            "aria-label": t("theme"),
            title: t("theme"),
            onClick: options.onTheme,
          },
          icon("sun"),
          icon("moon"),
        ),
      ),
    ),
    offline,
  );
  let front: string | null = null;
  return {
    element,
    draw: (shown, unread) => {
      // On a phone, where one is shown at a time, the bar follows whoever was chosen; it stays put while only counts change.
      const [only = null] = shown.size === 1 ? shown : [];
      const chosen = only === front ? undefined : chips.find(({ key }) => key === only);
      front = only;
      if (chosen !== undefined)
        requestAnimationFrame(() => chosen.element.scrollIntoView({ inline: "center", block: "nearest" }));
      for (const chip of chips) {
        const count = unread(chip.key);
        chip.element.setAttribute("aria-pressed", String(shown.has(chip.key)));
        chip.badge.textContent = String(count);
        chip.badge.hidden = count === 0;
        const news = count === 0 ? "" : `, ${count} ${t("newMessages")}`;
        chip.element.setAttribute("aria-label", `${chip.name}, ${chip.caption}${news}`);
      }
    },
    setOnline: (online) => {
      offline.hidden = online;
    },
  };
};
