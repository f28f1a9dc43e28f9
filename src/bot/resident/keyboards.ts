import type { Key } from "../../i18n/keys.ts";
import type { Keyboard } from "../../notices/message.ts";
import type { BotContext } from "../context.ts";

type Speaker = Pick<BotContext, "t">;

/** What always stands below the line people type in. */
export const menuKeyboard = (ctx: Speaker): Keyboard => ({
  rows: [[{ label: ctx.t("resident:menu.new") }], [{ label: ctx.t("resident:menu.reports") }]],
});

/** Phones can say where they are; everybody else types the address. */
export const locationKeyboard = (ctx: Speaker): Keyboard => ({
  rows: [[{ label: ctx.t("form:button.location"), asks: "location" }]],
  once: true,
});

const MENU = { new: "resident:menu.new", reports: "resident:menu.reports" } as const satisfies Record<string, Key>;

/** Which button of the menu the text is, in whatever language the keyboard was drawn; null for any other text. */
export const menuChoice = (ctx: Pick<BotContext, "i18n">, text: string): keyof typeof MENU | null => {
  const choices = Object.keys(MENU) as (keyof typeof MENU)[];
  return choices.find((choice) => ctx.i18n.locales.some((locale) => ctx.i18n.t(locale, MENU[choice]) === text)) ?? null;
};
