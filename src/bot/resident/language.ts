import { setLocale } from "../../actions/set-locale.ts";
import type { BotContext } from "../context.ts";
import { refreshMenu } from "../menus.ts";
import { renderConsent } from "./consent.ts";
import { menuKeyboard } from "./keyboards.ts";

/** Offers every language there is, each in its own words. */
export const askLanguage = async (ctx: BotContext): Promise<void> => {
  await ctx.say({
    text: ctx.rich("resident:language.ask"),
    buttons: ctx.i18n.locales.map((locale) => [
      { label: ctx.i18n.t(locale, "resident:language.name"), act: { kind: "go", to: "lang", option: locale } },
    ]),
  });
};

/** Takes the language; `en~payload` was pressed in the greeting, which is then shown in it. */
export const takeLanguage = async (ctx: BotContext, option: string): Promise<void> => {
  const [locale = "", payload] = option.split("~");
  if (!ctx.i18n.locales.includes(locale)) {
    ctx.toast("resident:old");
    return;
  }
  ctx.resident = await setLocale(ctx, ctx.resident.id, locale);
  ctx.visit = { ...ctx.visit, resident: ctx.resident };
  ctx.locale = locale;
  await refreshMenu(ctx, locale);
  if (payload !== undefined) return ctx.change(renderConsent(ctx, payload));
  await ctx.change({ text: ctx.rich("resident:language.chosen") });
  await ctx.say({ text: ctx.rich("resident:language.next"), keyboard: menuKeyboard(ctx) });
};
